import { writeEnvelope } from './envelope.ts'
import type { StoredEvent } from './event-store.ts'

const CRASHES_BEFORE_SOLO = 3 // what went down with its worker so often is handled by itself
const HISTORY_MS = 3_600_000 // what was meant for its receiver that long after it had happened is history

type Sent = StoredEvent & { attempt: number; stamp: number; crashes: number; enqueuedAt?: number }

/** An event as its receiver's list carries it. */
export function elementOf(sent: Sent): string {
  const { id, name, v, subject, at, traceparent, data, attempt, stamp, crashes, enqueuedAt } = sent
  const solo = crashes >= CRASHES_BEFORE_SOLO ? true : undefined
  const sentAt = enqueuedAt !== undefined && enqueuedAt - at > HISTORY_MS ? enqueuedAt : undefined
  const head = { id, stamp, name, v, subject, at, attempt, solo, sentAt, traceparent: traceparent ?? undefined }
  return writeEnvelope(head, data)
}
