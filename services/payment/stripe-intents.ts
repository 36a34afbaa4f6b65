import type { Answer, Intent, Offer } from './gateway.ts'
import { finalWordIn, isOldKey, isUnexpectedState, outageOf } from './stripe-failure.ts'
import { Stripe } from './stripe-sdk.ts'

type Refused = { orderId: string; code: string | undefined; message: string }

/** What the calls about payments need beside the client. */
export type Deps = { stripe: Stripe; shopUrl: string; onRefused(refused: Refused): void }

/**
 * Makes a payment and charges it in one call. One order is one payment: its first tender has the key of the order.
 * https://docs.stripe.com/api/payment_intents/create, https://docs.stripe.com/api/idempotent_requests
 */
export function charge(offer: Offer, deps: Deps): Promise<Answer> {
  const { orderId, number, totalCents, currency, paymentMethod, tender } = offer
  const making = deps.stripe.paymentIntents.create(
    {
      amount: totalCents,
      currency: currency.toLowerCase(),
      payment_method: paymentMethod,
      automatic_payment_methods: { enabled: true },
      confirm: true,
      return_url: `${deps.shopUrl}/orders/${orderId}`, // of whoever had to confirm at his bank
      metadata: { orderId, number },
    },
    { idempotencyKey: tender === 1 ? `charge-${orderId}` : `charge-${orderId}-${tender}` },
  )
  return answerOf(making, offer, deps)
}

/** Charges a payment that is there with another means: https://docs.stripe.com/api/payment_intents/confirm */
export function confirm(chargeId: string, offer: Offer, deps: Deps): Promise<Answer> {
  const { orderId, paymentMethod, tender } = offer
  const confirming = deps.stripe.paymentIntents.confirm(
    chargeId,
    { payment_method: paymentMethod, return_url: `${deps.shopUrl}/orders/${orderId}` },
    { idempotencyKey: `confirm-${orderId}-${tender}` },
  )
  const failed = async (error: unknown) => {
    if (isUnexpectedState(error)) return answer(await retrieve(chargeId, deps))
    throw error
  }
  return answerOf(confirming, offer, deps, failed)
}

async function answerOf(
  calling: Promise<Stripe.PaymentIntent>,
  offer: Offer,
  deps: Deps,
  failed: (error: unknown) => Promise<Answer> = Promise.reject.bind(Promise),
): Promise<Answer> {
  try {
    return answer(await actionable(intentOf(await calling), deps))
  } catch (error) {
    return failed(error).catch((other: unknown) => refusalOf(other, offer, deps))
  }
}

const answer = (intent: Intent): Answer => ({ intent, page: null, refusal: null })
const refusal = (code: string): Answer => ({ intent: null, page: null, refusal: code })

/** A card that is refused is an answer; so is what Stripe will never take, and the admin is told of. */
async function refusalOf(error: unknown, { orderId }: Offer, deps: Deps): Promise<Answer> {
  if (error instanceof Stripe.errors.StripeCardError) {
    const { payment_intent: intent } = error
    const code = codeOf(error) ?? 'card_declined'
    return intent === undefined ? refusal(code) : answer({ id: intent.id, status: 'open', reason: code, url: null })
  }
  if (isOldKey(error)) return answer(await theOne(orderId, deps))
  const word = finalWordIn(error)
  if (word === null) return outageOf(error)
  deps.onRefused({ orderId, code: word.code, message: word.message })
  return refusal(word.param === 'payment_method' ? 'unknown_payment_method' : 'processing_error')
}

/** The version before made this payment under this key, in other words. It is found by what it was made for. */
async function theOne(orderId: string, deps: Deps): Promise<Intent> {
  const [found] = await search(orderId, deps)
  if (found !== undefined) return found
  return outageOf(new Stripe.errors.StripeAPIError({ message: 'its first answer is not found yet', type: 'api_error' }))
}

/** Where the customer cannot be sent to confirm it, it can never be paid. */
async function actionable(intent: Intent, deps: Deps): Promise<Intent> {
  if (intent.status !== 'challenged' || intent.url !== null) return intent
  return { ...(await cancel(intent.id, deps)), reason: 'authentication_required' }
}

/** https://docs.stripe.com/search#search-query-language: what is found is at most a minute old, and mostly complete. */
export async function search(orderId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<Intent[]> {
  const found = await stripe.paymentIntents
    .search({ query: `metadata['orderId']:'${orderId}'`, limit: 100 })
    .catch(outageOf)
  return found.data.map(intentOf).sort((a, b) => rank[b.status] - rank[a.status])
}

const rank = { captured: 4, processing: 3, challenged: 2, open: 1, canceled: 0 }

export async function retrieve(chargeId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<Intent> {
  return intentOf(await stripe.paymentIntents.retrieve(chargeId).catch(outageOf))
}

/** The order a payment was made for, as it was noted with it; null where there is none, or no such payment. */
export async function orderOf(chargeId: string, { stripe }: Pick<Deps, 'stripe'>): Promise<string | null> {
  try {
    const { metadata } = await stripe.paymentIntents.retrieve(chargeId)
    return metadata.orderId ?? null
  } catch (error) {
    return finalWordIn(error)?.code === 'resource_missing' ? null : outageOf(error)
  }
}

/** Ends a payment, or tells how it stands. One that was processed when it was to be ended may be open again when we look. */
export async function cancel(chargeId: string, deps: Pick<Deps, 'stripe'>, isRepeated = false): Promise<Intent> {
  try {
    return intentOf(await deps.stripe.paymentIntents.cancel(chargeId))
  } catch (error) {
    const intent = isUnexpectedState(error) ? await retrieve(chargeId, deps) : outageOf(error)
    if (!endable.has(intent.status)) return intent
    return isRepeated ? outageOf(error) : cancel(chargeId, deps, true)
  }
}

const endable: ReadonlySet<Intent['status']> = new Set(['open', 'challenged'])

/** Stripe's words for how a payment stands, in ours: https://docs.stripe.com/payments/paymentintents/lifecycle */
export function intentOf({ id, status, next_action, last_payment_error: failure }: Stripe.PaymentIntent): Intent {
  if (typeof id !== 'string' || typeof status !== 'string')
    throw new Error('the payment gateway has answered with something that is no payment')
  const reason = failure === null ? null : codeOf(failure)
  return { id, status: words.get(status) ?? 'processing', reason, url: next_action?.redirect_to_url?.url ?? null }
}

const words = new Map<string, Intent['status']>([
  ['requires_payment_method', 'open'],
  ['requires_confirmation', 'open'],
  ['requires_action', 'challenged'],
  ['processing', 'processing'],
  ['requires_capture', 'processing'], // by hand, at the gateway
  ['succeeded', 'captured'],
  ['canceled', 'canceled'],
])

function codeOf({ decline_code, code }: { decline_code?: string; code?: string }): string | null {
  if (code === 'payment_intent_authentication_failure') return 'authentication_failed'
  return decline_code ?? code ?? null
}
