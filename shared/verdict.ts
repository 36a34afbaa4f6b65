import type { Waiting } from './outbox.ts'
import type { Status } from './status.ts'

/** A row that is older is given up; copies of it are forgotten only later (`INBOX_KEPT_MS`). */
export const OUTBOX_MAX_AGE_MS = 3 * 24 * 3_600_000
const GRACE_MS = 30_000 // how long a live worker may hold a message without a word
const UNHELD_GRACE_MS = 3_000 // how long a popped message may go without anybody who says that he holds it
const EPOCH_GRACE_MS = 100 // lets a push that is under way arrive first
const POPPED_MARGIN_MS = 1_000 // senders' clocks and pushes cross; without an epoch there is time to be sure
const CRASHES_BEFORE_DEAD = 6

/** What the producer saw of the receiver's side at the start of a pass. Times in ms. */
export type Situation = {
  now: number
  /** Stamp of the element popped next: whatever was pushed before it has been popped, for lists are FIFO. */
  oldestStamp: number
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
  const attempt = status?.state === 'retrying' ? status.attempt : row.attempt
  const pushedAt = Math.max(row.stamp, status?.state === 'retrying' ? status.due : 0)
  if (!isOverdue(pushedAt, status, situation)) return { kind: 'wait' }
  const crashes = row.crashes + (isHeldByDead(status, situation) ? 1 : 0)
  if (crashes >= CRASHES_BEFORE_DEAD) return { kind: 'dead', reason: `went down with its worker ${crashes} times` }
  return { kind: 'push', as: { attempt, crashes } }
}

function isOverdue(pushedAt: number, status: Status | null, situation: Situation): boolean {
  const { now, oldestStamp, epochAt, isLive } = situation
  const isHeld = status?.state === 'processing' && isLive(status.worker)
  const isLost = isHeldByDead(status, situation) || (pushedAt <= epochAt && !isHeld)
  const isPopped = pushedAt < oldestStamp - (isLost ? 0 : POPPED_MARGIN_MS)
  const graceMs = isHeld ? GRACE_MS : UNHELD_GRACE_MS
  return isPopped && now - pushedAt >= (isLost ? EPOCH_GRACE_MS : graceMs)
}

function isHeldByDead(status: Status | null, { isLive }: Situation): boolean {
  return status?.state === 'processing' && !isLive(status.worker)
}
