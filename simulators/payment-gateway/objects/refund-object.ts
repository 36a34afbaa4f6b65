import type { Refund } from '../entry.ts'
import { seconds } from './shown.ts'

/** A Refund of Stripe's API. */
export function refundObject(refund: Refund): object {
  return {
    id: refund.refundId,
    object: 'refund',
    amount: refund.amountCents,
    balance_transaction: null,
    charge: refund.chargeId,
    created: seconds(refund.madeAt ?? refund.at),
    currency: refund.currency,
    customer: null,
    customer_account: null,
    metadata: refund.metadata,
    payment_intent: refund.intentId,
    payment_method: null,
    ...(refund.status === 'pending' && { pending_reason: 'processing' }),
    ...(refund.status === 'failed' && { failure_reason: 'unknown' }),
    reason: refund.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: refund.status,
    transfer_reversal: null,
  }
}
