import type { Emitted } from '../../shared/events.ts'
import { type Facts, type NotRefunded, refundedCents, type Story } from './facts.ts'
import type { Dispute, Refund } from './gateway.ts'
import type { Payment } from './payments.ts'
import type { Reconciled } from './reconcile.ts'

/** Compares the refunds and disputes that we know with those at the gateway: each is told once, and once more if it fails. */
export function reconcileRefunds(story: Story, { refunds, disputes, notRefunded }: Facts): Reconciled {
  const events: Emitted[] = []
  let next = story
  for (const refund of refunds ?? []) next = withRefund(next, refund, events)
  for (const dispute of disputes ?? []) next = withDispute(next, dispute, events)
  if (notRefunded !== null) events.push(refused(story.payment, notRefunded))
  return { story: refunds === null ? next : { ...next, payment: balanced(next) }, events }
}

function withRefund(story: Story, refund: Refund, events: Emitted[]): Story {
  const { payment, refunds } = story
  const known = refunds.find(({ id }) => id === refund.id)
  if (known !== undefined && rank[known.status] >= rank[refund.status]) return story
  const next = { ...story, refunds: [...refunds.filter(({ id }) => id !== refund.id), refund] }
  const { asked, cents, reason } = refund
  const why = reason ?? 'it failed'
  if (refund.status === 'failed') {
    const which = known === undefined ? { asked } : { asked: null, refundId: refund.id }
    events.push(refused(payment, { ...which, cents, reason: why }))
  } else if (known === undefined) {
    events.push(refunded(payment, refund, leftCents(next)))
  }
  return next
}

/** What has failed does not come back, and what has succeeded may still fail. */
const rank = { pending: 0, succeeded: 1, failed: 2 }

const leftCents = ({ payment, refunds }: Story) => Math.max(payment.totalCents - refundedCents(refunds), 0)

function refunded({ orderId, number, currency }: Payment, { id, cents, asked }: Refund, leftCents: number): Emitted {
  const data = { number, totalCents: cents, currency, refundId: id, leftCents, ...(asked !== null && { asked }) }
  return { name: 'payment.refunded', subject: orderId, data }
}

/** No refund was made, or it did not arrive. */
export function refused({ orderId, number, currency }: Payment, notRefunded: NotRefunded): Emitted {
  return { name: 'payment.refundRefused', subject: orderId, data: { number, currency, ...notRefunded } }
}

function withDispute(story: Story, dispute: Dispute, events: Emitted[]): Story {
  const { payment, disputes } = story
  const known = disputes.find(({ id }) => id === dispute.id)
  if (known !== undefined && (known.status === dispute.status || known.status !== 'opened')) return story
  const { id, cents, reason, status } = dispute
  const { orderId: subject, number, currency } = payment
  events.push({ name: 'payment.disputed', subject, data: { number, dispute: id, cents, currency, reason, status } })
  return { ...story, disputes: [...disputes.filter((other) => other.id !== id), dispute] }
}

/** All given back is refunded, until a refund fails. */
function balanced(story: Story): Payment {
  const { payment, refunds } = story
  if (payment.state !== 'captured' && payment.state !== 'refunded') return payment
  const state = leftCents(story) === 0 && refunds.length > 0 ? 'refunded' : 'captured'
  const refundId = refunds.findLast(({ status }) => status !== 'failed')?.id ?? payment.refundId
  return state === payment.state && refundId === payment.refundId ? payment : { ...payment, state, refundId }
}
