import { z } from 'zod'
import { cardOutcome } from './cards.ts'
import type { Asked } from './entry.ts'
import { cents, metadata } from './form.ts'
import { newId } from './new-id.ts'
import { invalidForm, missing, type Verdict } from './refusal.ts'

const form = z.object({
  amount: cents,
  currency: z.string().regex(/^[A-Za-z]{3}$/, { error: 'must be a three-letter ISO currency code' }),
  payment_method: z.string(),
  confirm: z.literal('true', { error: 'this stand-in only does confirm=true' }),
  metadata,
})

/** Decides a POST to /v1/payment_intents: charge or decline, by the test card. */
export function chargeCard(body: unknown, asked: Asked): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return { ok: false, refusal: invalidForm(parsed.error, body) }
  const { amount, currency, payment_method: paymentMethod, metadata } = parsed.data
  const outcome = cardOutcome(paymentMethod)
  if (!outcome) return { ok: false, refusal: missing('PaymentMethod', paymentMethod, 400, 'payment_method') }
  const facts = {
    ...asked,
    orderId: metadata.orderId,
    metadata,
    intentId: newId('pi'),
    chargeId: newId('ch'),
    amountCents: amount,
    currency: currency.toLowerCase(),
    paymentMethod,
  }
  if (outcome.ok) return { ok: true, entry: { ...facts, kind: 'charge' } }
  const { code, declineCode, message } = outcome
  return { ok: true, entry: { ...facts, kind: 'decline', code, declineCode, message } }
}
