import { z } from 'zod'
import { cents, expand, metadata } from '../api/form.ts'
import { invalid, invalidForm, missing, type Refusal, refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import { cardOf } from '../cards/deck.ts'
import type { Asked, Charge, Refund } from '../entry.ts'
import { chargeOf, disputesOf, type Intent, refundedCents } from '../intent.ts'
import type { Ledger } from '../ledger.ts'
import { newId } from '../new-id.ts'

const form = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: cents.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata,
  expand,
})

type Wanted = { amountCents: number | undefined; reason: string | undefined; metadata: Record<string, string> }

/**
 * Decides a POST to /v1/refunds: the whole rest of the charge, or `amount` of it. The refund belongs to the
 * order of its charge. Some test cards have it pending at first, or fail later.
 */
export function refundCharge(body: unknown, asked: Asked, ledger: Ledger, settleMs: number): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  const { payment_intent: intentId, charge: chargeId, amount, reason, metadata } = parsed.data
  if (intentId === undefined && chargeId === undefined)
    return refuse(invalid(NOTHING_NAMED, 'payment_intent', 'parameter_missing'))
  const intent = intentId === undefined ? ledger.findIntentOf(chargeId ?? '') : ledger.findIntent(intentId)
  if (!intent)
    return refuse(
      intentId === undefined
        ? missing('charge', chargeId ?? '', 404, 'charge')
        : missing('payment_intent', intentId, 404, 'payment_intent'),
    )
  return refundOf(intent, { amountCents: amount, reason, metadata }, asked, settleMs)
}

const NOTHING_NAMED = 'One of the following params should be provided for this request: payment_intent or charge.'

/** Decides a refund of an intent, whoever asks for it. */
export function refundOf(intent: Intent, wanted: Wanted, asked: Asked, settleMs: number): Verdict {
  const charge = chargeOf(intent)
  const leftCents = intent.opened.amountCents - refundedCents(intent)
  const amountCents = wanted.amountCents ?? leftCents
  if (!charge) return refuse(uncharged(intent))
  const refusal = refusalOf(intent, charge, leftCents, amountCents)
  if (refusal) return refuse(refusal)
  const { orderId, chargeId, currency, intentId, paymentMethod } = charge
  const refunds = cardOf(paymentMethod)?.refunds
  const entry: Refund = {
    ...asked,
    ...{ orderId, metadata: wanted.metadata, intentId, chargeId, refundId: newId('re'), amountCents, currency },
    kind: 'refund',
    status: refunds === 'pending' ? 'pending' : 'succeeded',
    reason: wanted.reason,
    ...(refunds && { laterAt: asked.at + settleMs }),
  }
  return { ok: true, entries: [entry] }
}

function uncharged({ opened: { intentId } }: Intent): Refusal {
  return unexpectedState(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`)
}

function refusalOf(intent: Intent, { chargeId }: Charge, leftCents: number, wantedCents: number): Refusal | undefined {
  if (disputesOf(intent).some(({ status }) => status !== 'won' && !status.startsWith('warning')))
    return invalid(`Charge ${chargeId} has been charged back; cannot issue a refund.`, undefined, 'charge_disputed')
  if (leftCents === 0)
    return invalid(`Charge ${chargeId} has already been refunded.`, undefined, 'charge_already_refunded')
  if (wantedCents > leftCents) {
    const message = `Refund amount (${wantedCents}) is greater than unrefunded amount on charge (${leftCents})`
    return invalid(message, 'amount')
  }
  return undefined
}
