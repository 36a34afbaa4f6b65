import type { Waiting } from './outbox.ts'
import type { Status } from './status.ts'

/** A row that is older is given up; copies of it are forgotten only later (`INBOX_KEPT_MS`). */
export const OUTBOX_MAX_AGE_MS = 3 * 24 * 3_600_000
const HELD_GRACE_MS = 30_000 // how long a live worker may hold a message without a word
export const UNHELD_GRACE_MS = 3_000 // how long a popped message may go without anybody who says that he holds it
const EPOCH_GRACE_MS = 100 // lets a push that is under way arrive first
const CROSSING_MS = 1_000 // senders' clocks and pushes cross; without an epoch there is time to be sure
const CRASHES_BEFORE_DEAD = 6

/** What the producer saw of the receiver's side at the start of a pass. Times in ms. */
export type Situation = {
  now: number
  /** What was pushed before this stamp had left the list `ms` ago, and is not in it now. */
  poppedFor(ms: number): number
  /** Since when the receiver's workers, or Redis, are other ones than before. */
  epochAt: number
  isLive(worker: string): boolean
}

export type Verdict =
  | { kind: 'settled' }
  | { kind: 'wait' }
  | { kind: 'dead'; reason: string }
  | { kind: 'push'; as: { attempt: number; crashes: number } }

/** Decides what to do about one outbox row, given the receiver's word on it. Pure. */
export function verdictOn(row: Waiting, status: Status | null, situation: Situation): Verdict {
  if (status?.state === 'done' || status?.state === 'dead') return { kind: 'settled' }
  if (situation.now - row.at > OUTBOX_MAX_AGE_MS) return { kind: 'dead', reason: 'no final word within 3 days' }
  if (!isOverdue(row, status, situation)) return { kind: 'wait' }
  const attempt = status?.state === 'retrying' ? status.attempt : row.attempt
  const crashes = row.crashes + (status?.state === 'processing' && !situation.isLive(status.worker) ? 1 : 0)
  if (crashes >= CRASHES_BEFORE_DEAD) return { kind: 'dead', reason: `went down with its worker ${crashes} times` }
  return { kind: 'push', as: { attempt, crashes } }
}

function isOverdue(row: Waiting, status: Status | null, situation: Situation): boolean {
  const { now, poppedFor, epochAt, isLive } = situation
  if (status?.state === 'processing') return !isLive(status.worker) || now - status.since >= HELD_GRACE_MS
  const pushedAt = Math.max(row.stamp, status?.state === 'retrying' ? status.due : 0)
  if (pushedAt <= epochAt) return pushedAt < poppedFor(EPOCH_GRACE_MS)
  return pushedAt < poppedFor(UNHELD_GRACE_MS) - CROSSING_MS
}
