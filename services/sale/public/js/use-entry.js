import { get, Refusal } from '/assets/js/api.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { hadTurn } from './line.js'
import { dropTicket, keepTicket, ticketOf } from './tickets.js'

/** @import { EntryAnswer } from '../../entry-answer.ts' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @import { Ticket } from './tickets.js' */
/** @typedef {{ ticket: Ticket | null, entry: EntryAnswer | null, take: (ticket: Ticket) => void }} Mine */

const AGAIN_MS = 700
const SOON_MS = 300
const CROWD_PER_S = 2_000 // what a draw is asked for at once, when each of its tickets has got a place

/**
 * The ticket of this browser, and how it stands. The sale is asked only when something has happened to it: its turn, its
 * draw, a payment; all else each page computes from what is told to all.
 * @param {SaleAnswer} sale @returns {Mine}
 */
export function useEntry(sale) {
  const [ticket, setTicket] = useState(() => ticketOf(sale.id))
  const [entry, setEntry] = useState(/** @type {EntryAnswer | null} */ (null))
  useEffect(() => {
    if (ticket === null) return
    let timer = 0
    const look = async () => {
      try {
        const found = await get(`/api/sales/${sale.id}/entries/${ticket.ticket}`, { 'order-key': ticket.key })
        setEntry(found)
        if (isBehind(found, sale)) timer = setTimeout(look, AGAIN_MS)
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 404)) timer = setTimeout(look, AGAIN_MS)
        else {
          dropTicket(sale.id)
          setTicket(null)
        }
      }
    }
    timer = setTimeout(look, entry === null ? 0 : waitMs(sale, entry))
    return () => clearTimeout(timer)
  }, [ticket, signOf(sale, entry)])
  const take = (/** @type {Ticket} */ taken) => {
    keepTicket(sale.id, taken)
    setTicket(taken)
  }
  return { ticket, entry, take }
}

const isInLine = (/** @type {EntryAnswer} */ { state }) => state === 'joined' || state === 'waiting'

/** The numbers told to all may be ahead of what an entry was told by a moment. @param {EntryAnswer} entry @param {SaleAnswer} sale */
const isBehind = (entry, sale) => isInLine(entry) && hadTurn(entry.position, sale)

/** Changes with all that may change how an entry stands. @param {SaleAnswer} sale @param {EntryAnswer | null} entry */
function signOf(sale, entry) {
  if (entry === null) return 'unknown'
  if (isInLine(entry)) return entry.position === null ? `${sale.seed}` : `${hadTurn(entry.position, sale)}`
  return `${sale.state} ${sale.held} ${sale.bought}`
}

/** After a draw all ask for their places: one after another. @param {SaleAnswer} sale @param {EntryAnswer} entry */
function waitMs({ joined }, entry) {
  return entry.position === null ? Math.random() * (joined / CROWD_PER_S) * 1_000 : SOON_MS
}
