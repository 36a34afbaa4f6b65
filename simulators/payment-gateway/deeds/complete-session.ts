import type { Charge, Decline, Entry, Open, SessionLine } from '../entry.ts'

/** A line that says what came of an attempt, and with it, where a hosted page is done by it, the line that says so. */
export function completing(line: Open | Charge | Decline): [Entry, ...Entry[]] {
  const { sessionId } = line
  const isDone = line.kind === 'charge' || (line.kind === 'open' && line.status === 'processing')
  return sessionId !== undefined && isDone ? [line, completed(line, sessionId)] : [line]
}

function completed(line: Open | Charge, sessionId: string): SessionLine {
  const { orderId, metadata, amountCents, currency, intentId, at } = line
  const facts = { orderId, metadata, amountCents, currency, at, sessionId, intentId }
  return { ...facts, kind: 'session', status: 'complete', isPaid: line.kind === 'charge' }
}
