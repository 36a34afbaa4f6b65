import type { Cancel, Charge, Decline, Entry, Intent, Refund } from './entry.ts'

export type Answer = { status: number; body: object; headers?: Record<string, string> }

/**
 * What the request that wrote `entry` is answered, the first time and on every replay: it depends on the
 * entry alone, so the ledger need not store answers.
 */
export function answerTo(entry: Entry, intent: Intent): Answer {
  switch (entry.kind) {
    case 'charge':
      return { status: 200, body: paymentIntent(entry) }
    case 'decline':
      return { status: 402, body: { error: { ...cardError(entry), payment_intent: paymentIntent(entry) } } }
    case 'refund':
      return { status: 200, body: refundObject(entry) }
    case 'cancel':
      return { status: 200, body: paymentIntent(intent.opened, entry) }
  }
}

/** A PaymentIntent of Stripe's API: amounts in cents, times in seconds. */
export function paymentIntent(opened: Charge | Decline, cancelled?: Cancel): object {
  const captured = opened.kind === 'charge'
  const waiting = cancelled ? 'canceled' : 'requires_payment_method'
  return {
    id: opened.intentId,
    object: 'payment_intent',
    amount: opened.amountCents,
    amount_capturable: 0,
    amount_received: captured ? opened.amountCents : 0,
    canceled_at: cancelled ? seconds(cancelled) : null,
    cancellation_reason: cancelled?.reason ?? null,
    capture_method: 'automatic',
    client_secret: `${opened.intentId}_secret_stand_in`,
    confirmation_method: 'automatic',
    created: seconds(opened),
    currency: opened.currency,
    customer: null,
    last_payment_error: captured ? null : cardError(opened),
    latest_charge: opened.chargeId,
    livemode: false,
    metadata: opened.metadata,
    next_action: null,
    payment_method: captured ? opened.paymentMethod : null,
    payment_method_types: ['card'],
    status: captured ? 'succeeded' : waiting,
  }
}

/** A Refund of Stripe's API. */
export function refundObject(refund: Refund): object {
  return {
    id: refund.refundId,
    object: 'refund',
    amount: refund.amountCents,
    charge: refund.chargeId,
    created: seconds(refund),
    currency: refund.currency,
    metadata: refund.metadata,
    payment_intent: refund.intentId,
    reason: null,
    status: 'succeeded',
  }
}

function cardError({ chargeId, code, declineCode, message, paymentMethod }: Decline): object {
  const payment_method = { id: paymentMethod, object: 'payment_method', type: 'card' }
  return { type: 'card_error', code, decline_code: declineCode, message, charge: chargeId, payment_method }
}

function seconds({ at }: Entry): number {
  return Math.floor(at / 1000)
}
