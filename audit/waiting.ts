import type { Books } from './books.ts'
import type { Order } from './order-book.ts'

/** Whom an order waits for while no service has anything to do for it; null where one has. */
export function waitsFor({ id, state, payBy }: Order, { payment }: Books): 'customer' | 'gateway' | null {
  if (payBy !== null && (state === 'reserved' || state === 'declined')) return 'customer'
  const found = state === 'paying' ? payment.payments.get(id)?.state : undefined
  if (found === 'challenged') return 'customer'
  return found === 'processing' ? 'gateway' : null
}

const EXPIRY_LIMIT_MS = 10_000 // a service that is just started again is up by then, and looks at once
const CHALLENGE_LIMIT_MS = 3_600_000 // only the gateway can end a challenge, and it may be away

/** How long an order has waited for its customer beyond its time, in ms; undefined where that is no wonder. */
export function overdueMs(order: Order, books: Books): number | undefined {
  const isTheirTurn = waitsFor(order, books) === 'customer' && order.payBy !== null
  const limitMs = order.state === 'paying' && !books.isSaidToRest ? CHALLENGE_LIMIT_MS : EXPIRY_LIMIT_MS
  const lateMs = isTheirTurn ? books.asOf - Number(order.payBy) : 0
  return lateMs > limitMs ? lateMs : undefined
}

const SWEEP_MS = 120_000 // what no webhook tells is found by looking, every minute

/** Of what has just happened at the gateway payment may not have heard yet, unless it is said that all is done. */
export function isOld(at: number, { asOf, isSaidToRest }: Books): boolean {
  return isSaidToRest || asOf - at > SWEEP_MS
}
