import type { Books } from './books.ts'
import { type Finding, type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import { type Account, chargebacksOf, failedRefundsOf, refundsOf, sumCents, untouched } from './ledger.ts'
import type { Order } from './order-book.ts'
import { eventsOf, isOfBefore } from './story.ts'
import { isOld } from './waiting.ts'

const UNTOUCHED = untouched()

/** Is the money where each order's state says, by the ledger of the gateway itself? */
export function* checkMoney(books: Books): Findings {
  const { accounts, nameless } = books.ledger
  for (const order of stillOrders(books)) {
    const wrong = judge(order, accounts.get(order.id) ?? UNTOUCHED, books)
    if (wrong !== undefined) yield wrong
  }
  for (const [id, { charges }] of accounts)
    if (isUnknown(books, id)) yield finding('chargedWithoutCause', id, `no such order, ${sumCents(charges)} cents`)
  for (const { intentId = 'nothing', kind, amountCents } of nameless)
    yield finding('chargedWithoutCause', intentId, `a ${kind} of ${amountCents} cents in nobody's name`)
}

const uncharged = new Set(['rejected', 'declined', 'expired', 'reserved'])

/** The worst that can be said of an order's money. */
function judge(order: Order, account: Account, books: Books): Finding | undefined {
  const { id, state } = order
  const { isAtRest } = books
  const refunds = refundsOf(account)
  const [chargedCents, refundedCents] = [sumCents(account.charges), sumCents(refunds)]
  const heldCents = failedCents(order, account)
  const toldCents = isAtRest ? sumCents(refunds.filter(({ at }) => isOld(at, books))) : 0
  const sums = `${state}, ${order.totalCents} cents: charged ${chargedCents}, refunded ${refundedCents}`
  const isCharged = account.charges.length > 0
  if (account.charges.length > 1) return finding('doubleCharged', id, sums)
  if (isCharged && uncharged.has(state) && !mayBeAhead(order, isAtRest)) return finding('chargedWithoutCause', id, sums)
  if (isAtRest && state === 'cancelled' && chargedCents > refundedCents + heldCents)
    return finding('unrefunded', id, sums)
  const isRight =
    isPlausible(order, account) && isAsStateSays(order, { chargedCents, refundedCents, toldCents, heldCents })
  return isRight ? undefined : finding('wrongMoney', id, `${sums}, ${order.refundedCents} as far as the order knows`)
}

/** An order of before there were deadlines is charged while it is reserved. */
function mayBeAhead(order: Order, isAtRest: boolean): boolean {
  return order.state === 'reserved' && isOfBefore(order) && !isAtRest
}

/** Whatever the state: the whole price in the order's currency, or nothing, and no more back than was taken. */
function isPlausible({ totalCents, currency }: Order, account: Account): boolean {
  const { charges } = account
  const isPrice = charges.every(
    (charge) => charge.amountCents === totalCents && charge.currency.toUpperCase() === currency.toUpperCase(),
  )
  return isPrice && sumCents(refundsOf(account)) <= sumCents(charges)
}

/** Where a refund did not arrive or was not made, and the order tells of it, a person has to see to it. */
function failedCents({ steps }: Order, account: Account): number {
  return eventsOf(steps).has('payment.refundRefused')
    ? sumCents([...failedRefundsOf(account), ...chargebacksOf(account)])
    : 0
}

/** Of what was refunded, `toldCents` are no news to the order; `heldCents` did not arrive. */
type Sums = { chargedCents: number; refundedCents: number; toldCents: number; heldCents: number }

/** Before its end, and until a cancelled one is refunded, an order may be charged or not; of a refund it hears later. */
function isAsStateSays({ state, totalCents, refundedCents: known }: Order, sums: Sums): boolean {
  const { chargedCents, refundedCents, toldCents, heldCents } = sums
  const isKnown = toldCents <= known && known <= refundedCents
  if (state === 'paid') return chargedCents === totalCents && isKnown && known < totalCents
  const goneCents = refundedCents + heldCents
  if (state === 'refunded') return chargedCents === totalCents && goneCents >= totalCents && isKnown
  return chargedCents === 0 || chargedCents === totalCents
}
