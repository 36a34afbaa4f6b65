import { cardOf } from '../cards/deck.ts'
import type { Charge, Entry, Open, Refund, SessionLine } from '../entry.ts'
import { chargeOf, disputesOf, type Intent, refundsOf, stepOf } from '../intent.ts'
import type { Ledger } from '../ledger.ts'
import { factsOf } from './attempt.ts'
import { disputeOf } from './dispute-charge.ts'
import { expired } from './expire-session.ts'

/** What comes of a line by itself once its time has come: debits settle, refunds end, charges are disputed, pages expire. */
export function later(entry: Entry, at: number, ledger: Ledger, settleMs: number): Entry[] {
  if (entry.kind === 'session') return endSession(entry, at, ledger)
  const intent = ledger.findIntent(entry.intentId)
  if (!intent) return []
  if (entry.kind === 'open') return settle(entry, intent, at, settleMs)
  if (entry.kind === 'refund') return endRefund(entry, intent, at)
  return entry.kind === 'charge' ? complain(entry, intent, at) : []
}

function settle(open: Open, intent: Intent, at: number, settleMs: number): Entry[] {
  const { paymentMethod = '', chargeId = '' } = open
  const card = cardOf(paymentMethod)
  if (stepOf(intent) !== open || open.status !== 'processing' || !card?.settles) return []
  const facts = { ...factsOf(intent.opened), at, paymentMethod, chargeId }
  const { refused } = card.settles
  if (refused) return [{ ...facts, kind: 'decline', ...refused }]
  return [{ ...facts, kind: 'charge', ...(card.disputes && { laterAt: at + settleMs }) }]
}

function endRefund(refund: Refund, intent: Intent, at: number): Entry[] {
  if (refundsOf(intent).every((one) => one !== refund)) return [] // it has ended
  const paymentMethod = chargeOf(intent)?.paymentMethod ?? ''
  const status = cardOf(paymentMethod)?.refunds === 'fail' ? 'failed' : 'succeeded'
  const { key: _key, fingerprint: _fingerprint, laterAt: _laterAt, ...facts } = refund
  return [{ ...facts, at, madeAt: refund.at, status }]
}

/** Several disputes share the amount. */
function complain(charge: Charge, intent: Intent, at: number): Entry[] {
  const disputes = cardOf(charge.paymentMethod)?.disputes ?? []
  if (disputesOf(intent).length > 0) return []
  const shareCents = Math.floor(charge.amountCents / Math.max(disputes.length, 1))
  const firstCents = charge.amountCents - shareCents * (disputes.length - 1)
  return disputes.map((complaint, index) => disputeOf(charge, index === 0 ? firstCents : shareCents, complaint, { at }))
}

function endSession({ sessionId }: SessionLine, at: number, ledger: Ledger): Entry[] {
  const session = ledger.findSession(sessionId)
  return session?.newest.status === 'open' ? expired(session, ledger.findIntent(session.intentId ?? ''), { at }) : []
}
