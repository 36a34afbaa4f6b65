import { randomKey } from '/assets/js/attempt.js'

/** @typedef {{ ticket: string, key: string, number: number, seedHash: string | null }} Ticket */

const BUYER = 'sale:buyer'
const keyFor = (/** @type {string} */ sale) => `sale:${sale}`

/** What only this browser knows: with it the same e-mail address gets the same ticket again, without it none. */
export function buyerHere() {
  const known = localStorage.getItem(BUYER)
  if (known !== null) return known
  const made = randomKey()
  localStorage.setItem(BUYER, made)
  return made
}

/** The ticket that this browser has for a sale. @param {string} sale @returns {Ticket | null} */
export function ticketOf(sale) {
  try {
    const kept = JSON.parse(localStorage.getItem(keyFor(sale)) ?? 'null')
    return typeof kept?.ticket === 'string' && typeof kept.key === 'string' ? kept : null
  } catch {
    return null // not written by us
  }
}

/** Keeps a ticket, with the hash of the seed as it was told when it was drawn for. @param {string} sale @param {Ticket} ticket */
export const keepTicket = (sale, ticket) => localStorage.setItem(keyFor(sale), JSON.stringify(ticket))

export const dropTicket = (/** @type {string} */ sale) => localStorage.removeItem(keyFor(sale))
