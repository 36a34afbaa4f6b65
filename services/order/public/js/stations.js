import { standingOf } from './order-standing.js'

/** @import { Service, spare } from '../../../../shared/routes.ts' */
/** @import { Entry, Order } from './order.js' */
/** @typedef {Exclude<Service, typeof spare[number]>} Main a service that an order cannot be without */
/**
 * What a station shows: how it looks, in which words, how long its last step took and for how long it says nothing (ms).
 * @typedef {{ look: 'next' | 'now' | 'done' | 'bad' | 'skipped', key: string, ms?: number, silentMs?: number, count?: number }} Station
 */

/** In the order in which an order comes by; each has a station of its own below. @type {readonly Main[]} */
export const SERVICES = ['order', 'inventory', 'payment', 'notification']

const SILENT_MS = 2_000
const UNDER_WAY = ['placed', 'reserved', 'paying']
const BAD = ['stock.rejected', 'payment.declined', 'payment.refundRefused', 'message.buried', 'message.discarded']

/**
 * What each station of an order shows: the last that its service told, and whether the order is there now, or with its
 * customer.
 * @param {Pick<Order, 'state' | 'totalCents'>} order
 * @param {Entry[]} entries
 * @param {number} mailCount
 * @param {number} now
 * @returns {Record<Main, Station>}
 */
export function stationsOf(order, entries, mailCount, now) {
  const standing = standingOf(order, entries)
  const isOver = !UNDER_WAY.includes(standing.state)
  const inventory = stationOf('inventory', entries, isOver, hereNow(entries, now))
  const here = inventory.look === 'done' ? hereNow(entries, now) : WAITING
  return {
    order: ofOrder(entries),
    inventory,
    payment: ofCustomer(standing, entries) ?? stationOf('payment', sinceTender(standing.state, entries), isOver, here),
    notification: mailCount > 0 ? { look: 'done', key: 'station.mails', count: mailCount } : WAITING,
  }
}

/** @type {Station} */
const WAITING = { look: 'next', key: 'station.waiting' }

/** @returns {Station} */
function ofOrder(/** @type {Entry[]} */ entries) {
  const end = entries.findLast(({ event }) => event === 'order.cancelled' || event === 'order.expired')
  if (end !== undefined) return { look: 'bad', key: `station.${end.event}` }
  return { look: 'done', key: 'station.order.placed', ...(entries.length > 0 && { ms: 0 }) }
}

/**
 * Nobody works at a payment that its customer has to make, or to confirm.
 * @param {import('./order-standing.js').Standing} standing
 * @param {Entry[]} entries
 * @returns {Station | null}
 */
function ofCustomer({ state, challenge, canPay }, entries) {
  if (challenge !== null) return { look: 'now', key: `station.payment.${challenge.kind}` }
  if (state === 'reserved' && canPay) return { look: 'now', key: 'station.payment.open' }
  const isUntried = !entries.some(({ service }) => service === 'payment')
  return state === 'expired' && isUntried ? { look: 'skipped', key: 'station.payment.unpaid' } : null
}

/** While money is under way what was told of an earlier card is no news. @param {string} state @param {Entry[]} entries */
function sinceTender(state, entries) {
  return state === 'paying'
    ? entries.slice(entries.findLastIndex(({ event }) => event === 'order.tendered') + 1)
    : entries
}

/** @param {string} service @param {Entry[]} entries @param {boolean} isOver @param {Station} here @returns {Station} */
function stationOf(service, entries, isOver, here) {
  const index = entries.findLastIndex((entry) => entry.service === service)
  const last = entries[index]
  if (last === undefined || last.event === 'payment.challenged')
    return isOver ? { look: 'skipped', key: 'station.skipped' } : here
  const ms = last.msSincePlaced - (entries[index - 1]?.msSincePlaced ?? 0)
  return { look: isBad(last) ? 'bad' : 'done', key: keyOf(last), ms: Math.max(0, ms) }
}

function isBad(/** @type {Entry} */ { event, detail }) {
  return event === 'payment.disputed' ? detail?.status !== 'won' : BAD.includes(event)
}

function keyOf(/** @type {Entry} */ { event, service, state, detail }) {
  if (event.startsWith('message.')) return `station.${event}`
  if (event === 'payment.disputed') return `station.payment.disputed.${detail?.status}`
  if (event === 'payment.refunded' && state === 'paid') return 'station.payment.refunded.part'
  return `station.${service}.${event.split('.')[1]}`
}

/** Whether a service works or has none to work for it is not told here; for how long it has said nothing is. @returns {Station} */
function hereNow(/** @type {Entry[]} */ entries, /** @type {number} */ now) {
  const silentMs = now - Date.parse(entries.at(-1)?.at ?? '')
  if (silentMs > SILENT_MS) return { look: 'now', key: 'station.silent', silentMs }
  return { look: 'now', key: 'station.reached' }
}
