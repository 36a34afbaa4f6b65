import type { Dispute } from '../entry.ts'
import { seconds } from './shown.ts'

const ANSWER_WITHIN_MS = 9 * 24 * 60 * 60_000

/** A Dispute of Stripe's API. */
export function disputeObject(dispute: Dispute): object {
  const { disputeId, amountCents, chargeId, currency, intentId, reason, status } = dispute
  const madeAt = dispute.madeAt ?? dispute.at
  return {
    id: disputeId,
    object: 'dispute',
    amount: amountCents,
    balance_transactions: [],
    charge: chargeId,
    created: seconds(madeAt),
    currency,
    enhanced_eligibility_types: reason === 'noncompliant' ? ['visa_compliance'] : [],
    evidence: { enhanced_evidence: {} },
    evidence_details: {
      due_by: isOver(dispute) ? null : seconds(madeAt + ANSWER_WITHIN_MS),
      enhanced_eligibility: {},
      has_evidence: status !== 'needs_response' && status !== 'warning_needs_response',
      past_due: false,
      submission_count: status === 'needs_response' || status === 'warning_needs_response' ? 0 : 1,
      submission_method: null,
    },
    intended_submission_method: null,
    is_charge_refundable: status.startsWith('warning'),
    livemode: false,
    metadata: {},
    network_reason_code: null,
    payment_intent: intentId,
    reason,
    status,
  }
}

/** Whether it is decided. */
export function isOver({ status }: Dispute): boolean {
  return status === 'won' || status === 'lost' || status === 'warning_closed'
}
