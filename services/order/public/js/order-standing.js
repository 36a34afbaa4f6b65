/** @import { Entry, Order } from './order.js' */
/**
 * What the page says of an order. `challenge` is where its customer has to confirm the payment, or to make it; null where
 * nobody waits for that. `refundedCents` went back, and `askedCents` is on its way.
 * @typedef {{ kind: 'confirm' | 'hosted', url: string }} Challenge
 * @typedef {{ state: string, about: string, challenge: Challenge | null, canPay: boolean, refundedCents: number, askedCents: number }} Standing
 */

/**
 * How an order stands by what has happened to it.
 * @param {Pick<Order, 'state' | 'totalCents'>} order
 * @param {Entry[]} entries
 * @returns {Standing}
 */
export function standingOf({ state: first, totalCents }, entries) {
  const last = entries.at(-1)
  const now = {
    state: last?.state ?? first,
    canPay: last?.canPay ?? false,
    challenge: last?.state === 'paying' ? challengeIn(entries) : null,
    ...moneyIn(entries, totalCents),
  }
  return { ...now, about: isGivenUp(entries) ? 'about.givenUp' : aboutOf(now, entries) }
}

/**
 * What is said of an order depends on whether money moved, and on whom it waits for.
 * @param {Omit<Standing, 'about'>} standing
 * @param {Entry[]} entries
 */
function aboutOf({ state, canPay, challenge, refundedCents }, entries) {
  const wasPaid = entries.some(({ event }) => event === 'payment.captured')
  if (challenge !== null) return `about.paying.${challenge.kind}`
  if (canPay) return `about.${state}.open`
  if (state === 'paid' && refundedCents > 0) return 'about.paid.refunded'
  if (state === 'cancelled' && !wasPaid) return 'about.cancelled.unpaid'
  if (state === 'expired' && wasPaid) return 'about.expired.paid'
  return `about.${state}`
}

/** What the last means of payment asks of its customer. @returns {Challenge | null} */
function challengeIn(/** @type {Entry[]} */ entries) {
  const tender = entries.findLast(({ event }) => event === 'order.tendered')?.detail?.tender ?? 1
  const asks = entries.findLast(({ event, detail }) => event === 'payment.challenged' && detail?.tender === tender)
  const { kind, url } = asks?.detail ?? {}
  if ((kind !== 'confirm' && kind !== 'hosted') || typeof url !== 'string' || !/^https?:/.test(url)) return null
  return { kind, url }
}

/**
 * What went back, each refund once, unless it failed after it was told of; and what was asked to and has no answer yet.
 * Versions before gave all back.
 * @param {Entry[]} entries
 * @param {number} totalCents
 */
function moneyIn(entries, totalCents) {
  const refunded = new Map()
  const asked = new Map()
  for (const { event, detail } of entries) {
    if (event === 'order.refundAsked') asked.set(detail?.asked, detail?.cents)
    if (event === 'payment.refunded') refunded.set(detail?.refundId, detail?.cents ?? totalCents)
    if (event === 'payment.refundRefused') refunded.delete(failedIn(detail, refunded))
    if (event === 'payment.refunded' || event === 'payment.refundRefused') asked.delete(detail?.asked)
  }
  return { refundedCents: sumOf(refunded), askedCents: sumOf(asked) }
}

/** Which refund has failed: the last of so many cents, where it is not named. @param {Entry['detail']} detail @param {Map<unknown, number>} refunded */
function failedIn(detail, refunded) {
  if (detail?.refundId || detail?.asked) return detail.refundId
  return [...refunded].findLast(([, cents]) => cents === detail?.cents)?.[0]
}

const sumOf = (/** @type {Map<unknown, number>} */ amounts) =>
  [...amounts.values()].reduce((sum, cents) => sum + cents, 0)

/** Whether some message of the order was given up and has not been sent again. */
function isGivenUp(/** @type {Entry[]} */ entries) {
  const lettersIn = (/** @type {string} */ told) =>
    entries.flatMap(({ event, detail }) => (event === told ? [detail?.letter] : []))
  const replayed = lettersIn('message.replayed')
  return lettersIn('message.buried').some((letter) => !replayed.includes(letter))
}
