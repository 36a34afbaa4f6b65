import type { Outside } from '../../shared/handler.ts'
import { answerTo, type Facts } from './facts.ts'
import { type Gateway, HOSTED } from './gateway.ts'
import type { Payment } from './payments.ts'

/** The gateway, and the way out to it: one call at a time. */
export type Asking = { gateway: Gateway; outside: Outside }

const HOUR_MS = 3_600_000
const KEY_MS = 23 * HOUR_MS // a key is good for a day, from when the gateway saw it first

/**
 * Offers the means of payment of a payment that is `charging` to the gateway, once more if the answer never came: under the
 * same key the answer is the same. Where that key may have expired, it is looked for what became of it before.
 */
export async function offerTender(payment: Payment, asking: Asking): Promise<Facts> {
  const { gateway, outside } = asking
  const { chargeId } = payment
  const isStale = Date.now() - payment.at > KEY_MS
  if (payment.paymentMethod === HOSTED) return offerPage(payment, isStale, asking)
  if (chargeId !== null && isStale) return answerTo(payment, { intent: await outside(() => gateway.intent(chargeId)) })
  if (chargeId !== null) return answerTo(payment, await outside(() => gateway.confirm(chargeId, payment)))
  const found = isStale ? await newestOf(payment, asking) : null
  if (found !== null) return answerTo(payment, { intent: found })
  return answerTo(payment, await outside(() => gateway.charge(payment)))
}

/**
 * A page makes a payment of its own, so the one before must be at its end. A page whose address nobody was ever told cannot
 * be paid on: where its key has expired, the customer may choose anew.
 */
async function offerPage(payment: Payment, isStale: boolean, asking: Asking): Promise<Facts> {
  const { gateway, outside } = asking
  const { chargeId } = payment
  const before = chargeId === null ? null : await outside(() => gateway.cancel(chargeId))
  if (before !== null && before.status !== 'canceled') return answerTo(payment, { intent: before })
  if (isStale) return answerTo(payment, { refusal: 'not_confirmed' })
  return answerTo(payment, await outside(() => gateway.openPage(payment)))
}

/** What was made for the order and could still be paid, or has been. */
async function newestOf({ orderId }: Payment, { gateway, outside }: Asking) {
  const [found] = await outside(() => gateway.search(orderId))
  return found === undefined || found.status === 'canceled' ? null : found
}
