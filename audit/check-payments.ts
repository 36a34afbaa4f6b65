import type { Books } from './books.ts'
import { fateOf, NONE } from './fates.ts'
import { type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import type { Account } from './ledger.ts'
import type { Payment } from './payment-book.ts'

/** Does every payment fit its order, and does the ledger confirm what it claims? */
export function* checkPayments(books: Books): Findings {
  for (const order of stillOrders(books)) {
    const { id, state, totalCents } = order
    const payment = books.payment.payments.get(id)
    const found = payment?.state ?? NONE
    if (fateOf(order, books.isAtRest)?.payment.has(found) === false)
      yield finding('wrongPayment', id, `the order is ${state}, its payment: ${found}`)
    else if (payment !== undefined && found !== 'cancelled' && payment.totalCents !== totalCents)
      yield finding('wrongPayment', id, `over ${payment.totalCents} cents instead of ${totalCents}`)
  }
  for (const [id, payment] of books.payment.payments) {
    if (isUnknown(books, id)) yield finding('withoutOrder', id, 'a payment')
    const doubt = doubtAbout(payment, books.ledger.accounts.get(id))
    if (doubt !== undefined) yield finding('paymentUnlikeLedger', id, `${payment.state}, and ${doubt}`)
  }
  for (const { id, orderId, cents } of books.payment.refunds.values()) {
    const refund = books.ledger.accounts.get(orderId)?.refunds.get(id)
    if (refund?.amountCents !== cents)
      yield finding('paymentUnlikeLedger', orderId, `there is no refund ${id} of ${cents} cents`)
  }
}

/** The payments were read first: what they say has happened must be in the ledger by then. */
function doubtAbout({ state, chargeId }: Payment, account?: Account): string | undefined {
  const { charges = [] } = account ?? {}
  const isBarred = state === 'declined' || state === 'cancelled'
  if (isBarred && charges.length > 0) return 'there is a charge'
  const isCharged = state === 'captured' || state === 'refunded'
  if (isCharged && !charges.some(({ intentId }) => intentId === chargeId)) return `there is no charge ${chargeId}`
  return undefined
}
