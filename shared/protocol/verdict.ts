import type { Waiting } from './outbox-rows.ts'
import type { Status } from './status.ts'

/** A row whose receiver has been there for so long without a final word is given up. Longer than any `Patience`. */
export const OUTBOX_MAX_AGE_MS = 6 * 24 * 3_600_000
const HELD_GRACE_MS = 30_000 // how long a live worker may hold a message without a word
export const UNHELD_GRACE_MS = 3_000 // how long a popped message may go without anybody who says that he holds it
const EPOCH_GRACE_MS = 100 // lets a push that is under way arrive first
const CROSSING = 1_000 // stamps; without an epoch there is time to be sure
const CRASHES_BEFORE_DEAD = 6

/** What the producer saw of the receiver's side at the start of a pass. Stamps are compared with stamps only. */
export type Situation = {
  /**
   * What was pushed before this stamp had left the list `ms` ago, and is not in it now. Senders' stamps and pushes cross:
   * where other elements tell it, `margin` (in stamps) is left to be sure.
   */
  poppedFor(ms: number, margin?: number): number
  /** What was pushed up to this stamp was so before the receiver's workers, or Redis, became other ones. */
  epochStamp: number
  isLive(worker: string): boolean
  /** For how long (ms) this row's word has been what it is, as far as the producer has watched. */
  unchangedForMs(id: string): number
  /** For how long (ms) the receiver has been there without a break, and the producer has watched it. */
  answerableForMs: number
  now: number
}

export type Verdict =
  | { kind: 'settled' }
  | { kind: 'wait' }
  | { kind: 'dead'; reason: string }
  | { kind: 'push'; as: { attempt: number; crashes: number } }

/** Decides what to do about one outbox row, given the receiver's word on it. Pure. */
export function verdictOn(row: Waiting, status: Status | null, situation: Situation): Verdict {
  if (status?.state === 'done' || status?.state === 'dead') return { kind: 'settled' }
  if (isTooOld(row, situation)) return { kind: 'dead', reason: 'no final word within 6 days' }
  if (!isOverdue(row, status, situation)) return { kind: 'wait' }
  const attempt = status !== null && 'attempt' in status ? status.attempt : row.attempt
  const crashes = row.crashes + (status?.state === 'processing' && !situation.isLive(status.worker) ? 1 : 0)
  if (crashes >= CRASHES_BEFORE_DEAD) return { kind: 'dead', reason: `went down with its worker ${crashes} times` }
  return { kind: 'push', as: { attempt, crashes } }
}

/** Time that nobody could have answered in does not count: a shop that was closed for a week gives nothing up. */
function isTooOld(row: Waiting, { now, answerableForMs }: Situation): boolean {
  return Math.min(now - row.enqueuedAt, answerableForMs) > OUTBOX_MAX_AGE_MS
}

function isOverdue(row: Waiting, status: Status | null, situation: Situation): boolean {
  const { poppedFor, epochStamp, isLive, unchangedForMs } = situation
  if (status?.state === 'processing') return !isLive(status.worker) || unchangedForMs(row.id) >= HELD_GRACE_MS
  if (status?.state === 'retrying' && unchangedForMs(row.id) < status.delayMs) return false // its worker will push it
  const stamp = Math.max(row.stamp, status?.state === 'requeued' ? status.stamp : 0)
  if (stamp <= epochStamp) return stamp < poppedFor(EPOCH_GRACE_MS)
  if (status?.state === 'retrying' && unchangedForMs(row.id) < status.delayMs + UNHELD_GRACE_MS) return false
  return stamp < poppedFor(UNHELD_GRACE_MS, CROSSING)
}
