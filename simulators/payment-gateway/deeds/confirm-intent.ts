import { z } from 'zod'
import { expand } from '../api/form.ts'
import { invalidForm, missing, type Refusal, refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import type { Asked } from '../entry.ts'
import { type Intent, type IntentStatus, statusOf, stepOf } from '../intent.ts'
import { attempt, factsOf } from './attempt.ts'
import { NO_METHOD } from './open-intent.ts'
import { cardFor, confirmation, isRefusal, lacksReturnUrl, NO_RETURN_URL, wayOf } from './terms.ts'

const form = z.strictObject({ payment_method: z.string().optional(), expand, ...confirmation })

/**
 * Decides a POST to /v1/payment_intents/:id/confirm: one more attempt, with the card that is there or with another one.
 * A challenge that is open is void by it. What has succeeded, was cancelled or is being processed takes no other.
 */
export function confirmIntent(
  intentId: string,
  body: unknown,
  asked: Asked,
  intent: Intent | undefined,
  settleMs: number,
): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  if (!intent) return refuse(missing('payment_intent', intentId, 404, 'intent'))
  const facts = { ...asked, ...factsOf(intent.opened) }
  const token = parsed.data.payment_method ?? methodOf(intent)
  const way = wayOf(parsed.data)
  const refusal = refusalOf(statusOf(intent))
  if (refusal) return refuse(refusal)
  if (token === undefined) return refuse(unexpectedState(NO_METHOD))
  if (lacksReturnUrl(facts, way)) return refuse(NO_RETURN_URL)
  const card = cardFor(facts, token)
  return isRefusal(card) ? refuse(card) : { ok: true, entries: [attempt(facts, token, card, way, settleMs)] }
}

/** A card that was refused is taken off its intent. */
function methodOf(intent: Intent): string | undefined {
  const step = stepOf(intent)
  return step.kind === 'open' ? step.paymentMethod : undefined
}

function refusalOf(status: IntentStatus): Refusal | undefined {
  if (status === 'succeeded') return unexpectedState(SUCCEEDED)
  if (status !== 'canceled' && status !== 'processing') return undefined
  return unexpectedState(
    `You cannot confirm this PaymentIntent because it has a status of ${status}. Only a PaymentIntent with one of the ` +
      'following statuses may be confirmed: requires_confirmation, requires_action.',
  )
}

const SUCCEEDED =
  'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
