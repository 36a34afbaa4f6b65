import { z } from 'zod'
import { expand } from '../api/form.ts'
import { invalidForm, missing, type Refusal, refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import type { Asked, Cancel } from '../entry.ts'
import { type Intent, statusOf } from '../intent.ts'
import type { Session } from '../session.ts'

const form = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
  expand,
})

/**
 * Decides a POST to /v1/payment_intents/:id/cancel. A captured payment cannot be cancelled, only refunded; one that is being
 * processed can be neither; and one that a hosted page has made ends with its page.
 */
export function cancelIntent(
  intentId: string,
  body: unknown,
  asked: Asked,
  intent: Intent | undefined,
  session: Session | undefined,
): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  if (!intent) return refuse(missing('payment_intent', intentId, 404, 'intent'))
  const refusal = refusalOf(intent, session)
  if (refusal) return refuse(refusal)
  return { ok: true, entries: [cancelled(intent, asked, parsed.data.cancellation_reason)] }
}

/** The line that cancels an intent. */
export function cancelled({ opened }: Intent, asked: Asked, reason: string | undefined): Cancel {
  const { orderId, intentId, amountCents, currency, metadata } = opened
  return { ...asked, orderId, intentId, amountCents, currency, metadata, kind: 'cancel', reason }
}

function refusalOf(intent: Intent, session: Session | undefined): Refusal | undefined {
  const status = statusOf(intent)
  if (status === 'succeeded' || status === 'canceled' || status === 'processing')
    return unexpectedState(`You cannot cancel this PaymentIntent because it has a status of ${status}.`)
  if (session?.newest.status !== 'open') return undefined
  return unexpectedState(
    'You cannot cancel this PaymentIntent because it is of a Checkout Session: expire that instead.',
  )
}
