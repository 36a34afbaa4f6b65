import { z } from 'zod'
import { expand, flag, metadata } from '../api/form.ts'
import { invalidForm, missing, refuse, type Verdict } from '../api/refusal.ts'
import type { Asked, Dispute } from '../entry.ts'
import { type Turn, turnDispute } from './dispute-charge.ts'

const form = z.strictObject({
  evidence: z.looseObject({ uncategorized_text: z.string().max(20_000).optional() }).default({}),
  submit: flag.default(true),
  metadata,
  expand,
})

/**
 * Decides a POST to /v1/disputes/:id: evidence is looked at, and some words decide at once, as with Stripe's test cards.
 * Source: https://docs.stripe.com/testing#evidence
 */
export function answerDispute(id: string, body: unknown, asked: Asked, dispute: Dispute | undefined): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  if (!dispute) return refuse(missing('dispute', id, 404, 'dispute'))
  const words = parsed.data.submit ? parsed.data.evidence.uncategorized_text : undefined
  return turnDispute(dispute, turns[words ?? ''] ?? 'under_review', asked)
}

/** Decides a POST to /v1/disputes/:id/close: the shop gives in. */
export function closeDispute(id: string, asked: Asked, dispute: Dispute | undefined): Verdict {
  return dispute ? turnDispute(dispute, 'lost', asked) : refuse(missing('dispute', id, 404, 'dispute'))
}

const turns: Record<string, Turn> = {
  winning_evidence: 'won',
  losing_evidence: 'lost',
  escalate_inquiry_evidence: 'escalated',
}
