import { z } from 'zod'
import { type Asked, type Intent, refundedCents } from './entry.ts'
import { cents, metadata } from './form.ts'
import { newId } from './new-id.ts'
import { invalid, invalidForm, missing, type Refusal, type Verdict } from './refusal.ts'

const form = z.object({ payment_intent: z.string(), amount: cents.optional(), metadata })

/**
 * Decides a POST to /v1/refunds: the whole rest of the charge, or `amount` of it. The refund belongs to the
 * order of its charge.
 */
export function refundCharge(body: unknown, asked: Asked, find: (id: string) => Intent | undefined): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return { ok: false, refusal: invalidForm(parsed.error, body) }
  const { payment_intent: intentId, amount, metadata } = parsed.data
  const intent = find(intentId)
  if (!intent) return { ok: false, refusal: missing('payment_intent', intentId, 404, 'payment_intent') }
  const { orderId, chargeId, currency, amountCents } = intent.opened
  const leftCents = amountCents - refundedCents(intent)
  const refusal = refuse(intent, leftCents, amount ?? leftCents)
  if (refusal) return { ok: false, refusal }
  const ids = { orderId, metadata, intentId, chargeId, refundId: newId('re') }
  return { ok: true, entry: { ...asked, ...ids, kind: 'refund', amountCents: amount ?? leftCents, currency } }
}

function refuse({ opened }: Intent, leftCents: number, wantedCents: number): Refusal | undefined {
  if (opened.kind !== 'charge') {
    const message = `This PaymentIntent (${opened.intentId}) does not have a successful charge to refund.`
    return invalid(message, 'payment_intent', 'payment_intent_unexpected_state')
  }
  if (leftCents === 0) {
    return invalid(`Charge ${opened.chargeId} has already been refunded.`, undefined, 'charge_already_refunded')
  }
  if (wantedCents > leftCents) {
    const message = `Refund amount (${wantedCents}) is greater than unrefunded amount on charge (${leftCents})`
    return invalid(message, 'amount')
  }
  return undefined
}
