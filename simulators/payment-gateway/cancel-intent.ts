import { z } from 'zod'
import type { Asked, Intent } from './entry.ts'
import { metadata } from './form.ts'
import { invalid, invalidForm, missing, type Verdict } from './refusal.ts'

const form = z.object({ cancellation_reason: z.string().max(100).optional(), metadata })

/** Decides a POST to /v1/payment_intents/:id/cancel. A captured payment cannot be cancelled, only refunded. */
export function cancelIntent(intentId: string, body: unknown, asked: Asked, intent: Intent | undefined): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return { ok: false, refusal: invalidForm(parsed.error, body) }
  if (!intent) return { ok: false, refusal: missing('payment_intent', intentId, 404, 'intent') }
  const status = statusOf(intent)
  if (status) {
    const message = `You cannot cancel this PaymentIntent because it has a status of ${status}.`
    return { ok: false, refusal: invalid(message, undefined, 'payment_intent_unexpected_state') }
  }
  const { orderId, amountCents, currency } = intent.opened
  const facts = { orderId, intentId, amountCents, currency, metadata: parsed.data.metadata }
  return { ok: true, entry: { ...asked, ...facts, kind: 'cancel', reason: parsed.data.cancellation_reason } }
}

/** The status that forbids it, if any. */
function statusOf(intent: Intent): 'succeeded' | 'canceled' | undefined {
  if (intent.opened.kind === 'charge') return 'succeeded'
  return intent.cancelled ? 'canceled' : undefined
}
