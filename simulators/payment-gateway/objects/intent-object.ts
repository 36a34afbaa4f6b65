import { PLAIN } from '../cards/card.ts'
import { cardOf } from '../cards/deck.ts'
import type { Decline } from '../entry.ts'
import { chargeOf, type Intent, type Step, statusOf, stepOf } from '../intent.ts'
import { attemptOf, chargeObject } from './charge-object.ts'
import { methodObject } from './method-object.ts'
import { inside, seconds, type View } from './shown.ts'

/** A PaymentIntent of Stripe's API, as it stands by the lines it has: amounts in cents, times in seconds. */
export function intentObject(intent: Intent, view: View): object {
  const { opened } = intent
  const step = stepOf(intent)
  const captured = chargeOf(intent)
  return {
    id: opened.intentId,
    object: 'payment_intent',
    amount: opened.amountCents,
    allowed_payment_method_types: opened.methods ?? null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: captured ? opened.amountCents : 0,
    ...NOTHING,
    automatic_payment_methods: opened.methods ? null : { enabled: true, allow_redirects: opened.redirects ?? 'always' },
    canceled_at: step.kind === 'cancel' ? seconds(step.at) : null,
    cancellation_reason: step.kind === 'cancel' ? (step.reason ?? null) : null,
    capture_method: 'automatic',
    client_secret: secretOf(opened.intentId),
    confirmation_method: 'automatic',
    created: seconds(opened.at),
    currency: opened.currency,
    description: opened.description ?? null,
    last_payment_error: lastErrorOf(intent),
    latest_charge: latestCharge(intent, view),
    livemode: false,
    metadata: opened.metadata,
    next_action: nextAction(step, view),
    payment_method: shownMethod(step, intent, view),
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: opened.methods ?? ['card', 'sepa_debit'],
    processing: statusOf(intent) === 'processing' ? { type: typeOf(step) } : null,
    status: statusOf(intent),
  }
}

export const secretOf = (intentId: string) => `${intentId}_secret_stand_in`

const NOTHING = {
  ...{ application: null, application_fee_amount: null, customer: null },
  ...{ customer_account: null, excluded_payment_method_types: null, managed_payments: null, on_behalf_of: null },
  ...{ payment_method_configuration_details: null, payment_record: null, receipt_email: null, review: null },
  ...{ setup_future_usage: null, shipping: null, source: null, statement_descriptor: null },
  ...{ statement_descriptor_suffix: null, transfer_data: null, transfer_group: null },
}

/** What a decline is told as: by the answer to its request, and afterwards by its intent. */
export function errorObject({ chargeId, code, declineCode, message, paymentMethod, at }: Decline): object {
  const isCard = code !== 'payment_intent_authentication_failure'
  return {
    type: isCard ? 'card_error' : 'invalid_request_error',
    code,
    ...(declineCode && { decline_code: declineCode }),
    message,
    ...(chargeId && { charge: chargeId }),
    doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
    payment_method: methodObject(paymentMethod, at),
    payment_method_type: cardOf(paymentMethod)?.type ?? PLAIN.type,
  }
}

/** It is kept until another attempt ends it. */
function lastErrorOf(intent: Intent): object | null {
  const step = stepOf(intent)
  if (step.kind === 'decline') return errorObject(step)
  if (step.kind !== 'cancel') return null
  const before = intent.lines.findLast((line) => line.kind === 'open' || line.kind === 'decline')
  return before?.kind === 'decline' ? errorObject(before) : null
}

function latestCharge(intent: Intent, view: View): object | string | null {
  const latest = attemptOf(intent)
  if (!latest) return null
  return view.isWanted('latest_charge') ? chargeObject(latest, intent, inside(view, 'latest_charge')) : latest.chargeId
}

function nextAction(step: Step, { base }: View): object | null {
  if (step.kind !== 'open' || step.challengeId === undefined) return null
  const url = challengeUrl(step.challengeId, base)
  if (step.returnUrl !== undefined)
    return { type: 'redirect_to_url', redirect_to_url: { return_url: step.returnUrl, url } }
  return {
    type: 'use_stripe_sdk',
    use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: step.challengeId },
  }
}

/** Where a card's holder is asked. */
export const challengeUrl = (challengeId: string, base: string) => `${base}/challenge/${challengeId}`

function shownMethod(step: Step, intent: Intent, view: View): object | string | null {
  const method = step.kind === 'open' || step.kind === 'charge' ? step.paymentMethod : undefined
  if (method === undefined) return null
  return view.isWanted('payment_method') ? methodObject(method, intent.opened.at) : method
}

function typeOf(step: Step): string {
  return ('paymentMethod' in step && step.paymentMethod && cardOf(step.paymentMethod)?.type) || PLAIN.type
}
