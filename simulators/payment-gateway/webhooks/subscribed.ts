/**
 * What the endpoint is told, as one chooses it in Stripe's dashboard: whatever may change where a payment stands. Not what
 * says the same of its charge, nor that an intent is new, for whoever made it knows.
 */
export function isSubscribed(type: string): boolean {
  return SUBSCRIBED.test(type) && !UNHEARD.has(type)
}

const SUBSCRIBED =
  /^(payment_intent|checkout\.session|refund|charge\.dispute|radar\.early_fraud_warning)\.|^charge\.refunded$/
const UNHEARD = new Set(['payment_intent.created'])
