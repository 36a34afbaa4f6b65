import { invalid, refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import type { Asked, Charge, Dispute } from '../entry.ts'
import { chargeOf, disputesOf, type Intent } from '../intent.ts'
import { newId } from '../new-id.ts'
import { isOver } from '../objects/dispute-object.ts'

/** What is disputed of a charge, and why; an inquiry takes no money yet. */
export type Complaint = { reason: string; isInquiry?: boolean | undefined; amountCents?: number | undefined }

/** How a dispute goes on. `escalated`: an inquiry becomes a dispute. */
export type Turn = 'under_review' | 'won' | 'lost' | 'escalated'

/** Decides that the holder of a card wants his money back, by way of his bank. */
export function openDispute(intent: Intent, complaint: Complaint, asked: Asked): Verdict {
  const charge = chargeOf(intent)
  if (!charge) return refuse(unexpectedState(`${intent.opened.intentId} has no charge that could be disputed.`))
  const leftCents = charge.amountCents - disputedCents(intent)
  const amountCents = complaint.amountCents ?? leftCents
  if (amountCents < 1 || amountCents > leftCents)
    return refuse(invalid(`Of charge ${charge.chargeId}, ${leftCents} cents are left to dispute.`, 'amount'))
  return { ok: true, entries: [disputeOf(charge, amountCents, complaint, asked)] }
}

/** The line of a new dispute. */
export function disputeOf(
  charge: Charge,
  amountCents: number,
  { reason, isInquiry }: Complaint,
  asked: Asked,
): Dispute {
  const { orderId, intentId, chargeId, currency } = charge
  const facts = { orderId, intentId, chargeId, currency, amountCents, metadata: {}, reason, disputeId: newId('du') }
  return { ...asked, ...facts, kind: 'dispute', status: isInquiry ? 'warning_needs_response' : 'needs_response' }
}

/** Decides how a dispute goes on. What is over stays as it is. */
export function turnDispute(dispute: Dispute, turn: Turn, { key, fingerprint, at }: Asked): Verdict {
  if (isOver(dispute)) return refuse(invalid('This dispute is already closed.', undefined, 'dispute_closed'))
  const isInquiry = dispute.status.startsWith('warning')
  if (turn === 'escalated' && !isInquiry) return refuse(invalid('Only an inquiry can be escalated.'))
  const status = isInquiry ? asInquiry(turn) : turn === 'escalated' ? 'needs_response' : turn
  const madeAt = dispute.madeAt ?? dispute.at
  return { ok: true, entries: [{ ...dispute, key, fingerprint, at, laterAt: undefined, madeAt, status }] }
}

function asInquiry(turn: Turn): Dispute['status'] {
  if (turn === 'escalated') return 'needs_response'
  return turn === 'under_review' ? 'warning_under_review' : 'warning_closed'
}

const disputedCents = (intent: Intent) => disputesOf(intent).reduce((sum, { amountCents }) => sum + amountCents, 0)
