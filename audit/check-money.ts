import type { Books } from './books.ts'
import { type Finding, type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import { type Account, sumCents } from './ledger.ts'
import type { Order } from './order-book.ts'

const UNTOUCHED: Account = { charges: [], refunds: [] }

/** Is the money where each order's state says, by the ledger of the gateway itself? */
export function* checkMoney(books: Books): Findings {
  const { accounts, nameless } = books.ledger
  for (const order of stillOrders(books)) {
    const wrong = judge(order, accounts.get(order.id) ?? UNTOUCHED, books.isAtRest)
    if (wrong !== undefined) yield wrong
  }
  for (const [id, { charges }] of accounts)
    if (isUnknown(books, id)) yield finding('chargedWithoutCause', id, `no such order, ${sumCents(charges)} cents`)
  for (const { intentId, kind, amountCents } of nameless)
    yield finding('chargedWithoutCause', intentId, `a ${kind} of ${amountCents} cents in nobody's name`)
}

/** The worst that can be said of an order's money. */
function judge(order: Order, account: Account, isAtRest: boolean): Finding | undefined {
  const { id, state } = order
  const [chargedCents, refundedCents] = [sumCents(account.charges), sumCents(account.refunds)]
  const sums = `${state}, ${order.totalCents} cents: charged ${chargedCents}, refunded ${refundedCents}`
  if (account.charges.length > 1) return finding('doubleCharged', id, sums)
  if (account.charges.length > 0 && (state === 'rejected' || state === 'declined'))
    return finding('chargedWithoutCause', id, sums)
  if (isAtRest && state === 'cancelled' && chargedCents > refundedCents) return finding('unrefunded', id, sums)
  const isRight = isPlausible(order, account) && isAsStateSays(order, chargedCents, refundedCents)
  return isRight ? undefined : finding('wrongMoney', id, sums)
}

/** Whatever the state: the whole price in the order's currency, or nothing, and no more back than was taken. */
function isPlausible({ totalCents, currency }: Order, { charges, refunds }: Account): boolean {
  const isPrice = charges.every(
    (charge) => charge.amountCents === totalCents && charge.currency.toUpperCase() === currency.toUpperCase(),
  )
  return isPrice && sumCents(refunds) <= sumCents(charges)
}

/** Before its end, and until a cancelled one is refunded, an order may be charged or not. */
function isAsStateSays({ state, totalCents }: Order, chargedCents: number, refundedCents: number): boolean {
  const keptCents = chargedCents - refundedCents
  if (state === 'paid') return keptCents === totalCents
  if (state === 'refunded') return keptCents === 0 && chargedCents === totalCents
  return keptCents === 0 || keptCents === totalCents
}
