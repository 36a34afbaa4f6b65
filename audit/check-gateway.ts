import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { stillOrders } from './known-orders.ts'
import { type Account, untouched } from './ledger.ts'
import type { Order } from './order-book.ts'
import { isOfBefore } from './story.ts'
import { isOld } from './waiting.ts'

const UNTOUCHED = untouched()

/** Has payment learnt, once all is at rest, what the gateway knows, and can nobody pay for what is closed? */
export function* checkGateway(books: Books): Findings {
  if (!books.isAtRest) return
  for (const order of stillOrders(books)) {
    const account = books.ledger.accounts.get(order.id) ?? UNTOUCHED
    yield* findOpen(order, account)
    for (const fact of unlearnt(order, account, books)) yield finding('unlearnt', order.id, `${order.state}: ${fact}`)
  }
}

const closed = new Set(['paid', 'expired', 'cancelled', 'refunded'])
const decided = new Set(['charge', 'cancel'])

/** A card that was refused leaves an intent behind that another card could still be charged for. */
function* findOpen(order: Order, { intents, sessions }: Account): Findings {
  const { id, state } = order
  if (!closed.has(state) || isOfBefore(order)) return
  // What a bank is processing nobody can stop: it is refunded when it is through.
  for (const [intentId, { kind, status }] of intents)
    if (!decided.has(kind) && status !== 'processing')
      yield finding('leftOpen', id, `${state}, and ${intentId} can be charged (${kind})`)
  for (const [sessionId, { status }] of sessions)
    if (status === 'open') yield finding('leftOpen', id, `${state}, and ${sessionId} can be paid`)
}

const undecided = new Set(['charging', 'challenged', 'processing'])

/** What the ledger knows and payment does not, in words. */
function* unlearnt(order: Order, account: Account, books: Books): Generator<string, void> {
  const { payment } = books
  const known = payment.payments.get(order.id)
  for (const { intentId, at } of account.charges)
    if (undecided.has(known?.state ?? '') && isOld(at, books)) yield `the charge of ${intentId}`
  for (const [id, { status = 'succeeded', amountCents, at }] of account.refunds) {
    const refund = payment.refunds.get(id)
    const isRight = refund?.cents === amountCents && refund.status === status && refund.orderId === order.id
    if (!isRight && !isOfBefore(order) && isOld(at, books)) yield `refund ${id}, ${status}, ${amountCents} cents`
  }
  for (const [id, { status = '', at }] of account.disputes)
    if (!payment.disputes.has(`${id} ${wordFor(status)}`) && isOld(at, books)) yield `dispute ${id}, ${status}`
}

/** Stripe has several words for a dispute that is under way: https://docs.stripe.com/api/disputes/object */
function wordFor(status: string): string {
  return status === 'won' || status === 'lost' ? status : 'opened'
}
