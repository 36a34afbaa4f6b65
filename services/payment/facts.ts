import type { Answer, Dispute, Refund } from './gateway.ts'
import type { Payment } from './payments.ts'

/** A payment, with the refunds and disputes that are known of it. */
export type Story = { payment: Payment; refunds: Refund[]; disputes: Dispute[] }

/** A refund that the gateway will not make. */
export type NotRefunded = { asked: string | null; cents: number; reason: string; refundId?: string }

/**
 * What the gateway was found to say of a payment, and how that stood when it was asked. `isAnswer`: it was said to this very
 * tender, not about how things stand. Refunds and disputes are null where they were not asked for.
 */
export type Facts = Answer & {
  since: Pick<Payment, 'tender' | 'state'>
  isAnswer: boolean
  refunds: Refund[] | null
  disputes: Dispute[] | null
  notRefunded: NotRefunded | null
}

/** An answer to a tender. */
export function answerTo(payment: Payment, answer: Partial<Answer>): Facts {
  return { ...factsAbout(payment, answer), isAnswer: true }
}

/** How things stand. */
export function factsAbout({ tender, state }: Payment, found: Partial<Facts>): Facts {
  return { ...NOTHING, ...found, since: { tender, state } }
}

const NOTHING = {
  ...{ intent: null, page: null, refusal: null, isAnswer: false },
  ...{ refunds: null, disputes: null, notRefunded: null },
}

/** Cents that have gone back, or are on their way. */
export function refundedCents(refunds: Refund[]): number {
  return refunds.reduce((sum, { cents, status }) => sum + (status === 'failed' ? 0 : cents), 0)
}
