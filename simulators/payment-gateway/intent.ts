import type { Cancel, Charge, Decline, Dispute, Entry, Open, Refund } from './entry.ts'

/** A line that says where an intent stands. */
export type Step = Open | Charge | Decline | Cancel
/** A line about one intent. */
export type IntentLine = Step | Refund | Dispute

/** A payment intent: the line that opened it, and all of its lines, oldest first. */
export type Intent = { opened: Open | Charge | Decline; lines: readonly IntentLine[] }

export type IntentStatus = Open['status'] | 'succeeded' | 'canceled'

/** Whether a line is about an intent, and so part of its story. */
export function isIntentLine(entry: Entry): entry is IntentLine {
  return entry.kind !== 'session'
}

/** The intent as it was when `entry` was written: what its request was answered, and what its events show. */
export function asOf({ opened, lines }: Intent, entry: IntentLine): Intent {
  return { opened, lines: lines.slice(0, lines.indexOf(entry) + 1) }
}

/** Where an intent stands. */
export function stepOf({ opened, lines }: Intent): Step {
  return lines.findLast((line) => isStep(line)) ?? opened
}

export function statusOf(intent: Intent): IntentStatus {
  const step = stepOf(intent)
  switch (step.kind) {
    case 'open':
      return step.status
    case 'charge':
      return 'succeeded'
    case 'decline':
      return 'requires_payment_method'
    case 'cancel':
      return 'canceled'
  }
}

/** The one charge of an intent, if there is money in it. */
export function chargeOf({ lines }: Intent): Charge | undefined {
  return lines.find((line) => line.kind === 'charge')
}

/** Each refund as it stands, oldest first. */
export function refundsOf({ lines }: Intent): Refund[] {
  const newest = new Map<string, Refund>()
  for (const line of lines) if (line.kind === 'refund') newest.set(line.refundId, line)
  return [...newest.values()]
}

/** Each dispute as it stands, oldest first. */
export function disputesOf({ lines }: Intent): Dispute[] {
  const newest = new Map<string, Dispute>()
  for (const line of lines) if (line.kind === 'dispute') newest.set(line.disputeId, line)
  return [...newest.values()]
}

/** Cents of the charge that have been given back, or are on their way. */
export function refundedCents(intent: Intent): number {
  return refundsOf(intent).reduce((sum, { status, amountCents }) => sum + (status === 'failed' ? 0 : amountCents), 0)
}

function isStep(line: IntentLine): line is Step {
  return line.kind !== 'refund' && line.kind !== 'dispute'
}
