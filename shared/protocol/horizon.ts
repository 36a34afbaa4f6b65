import type { Service } from '../routes.ts'
import { recall, remember } from '../store/meta.ts'
import type { Sql } from '../store/sql.ts'
import { INBOX_KEPT_MS } from './inbox.ts'
import { idsBeginWith, timeIn } from './new-id.ts'
import type { Prune } from './prune.ts'

const DAY_MS = 24 * 3_600_000
const HORIZON = 'inbox.horizon' // what is older may have been handled, and forgotten

/**
 * Which of these messages, unknown to the inbox, may have been handled all the same: they are older than what it
 * remembers. They must not take effect, nor be lost without a word.
 */
export async function forgottenAmong(sql: Sql, messages: Sent[], now: number): Promise<Set<string>> {
  const sent = messages.map(({ id, sentAt }) => ({ id, at: sentAt ?? timeIn(id) }))
  const old = sent.filter(({ at }) => at > 0 && at < now - INBOX_KEPT_MS + DAY_MS)
  if (old.length === 0) return new Set()
  const horizon = Number(await recall(sql, HORIZON))
  return new Set(old.filter(({ at }) => at < horizon).map(({ id }) => id))
}

/** History was sent later than its ids say. */
type Sent = { id: string; sentAt?: number }

/**
 * Deletes what no copy can be on its way for any more, and notes how far it has forgotten. Ids begin with their time, so
 * the oldest are found by the primary key: an index on `at` would cost every message more than it saves here. An id that
 * seems to be of tomorrow is none of our senders'.
 */
export const pruneInbox: Prune<Sql> = async (tx, now, limit) => {
  const before = now - INBOX_KEPT_MS
  const count = await tx.$executeRaw`
    DELETE FROM "Inbox" WHERE id IN (
      SELECT id FROM "Inbox"
      WHERE at < ${before} AND (id < ${idsBeginWith(before)} OR id > ${idsBeginWith(now + DAY_MS)})
      LIMIT ${limit})`
  if (count > 0) await remember(tx, HORIZON, String(before))
  return count
}

/** How long a service's events are kept for those who come later. */
export function eventsKeptMs(service: Service): number {
  return kept[service] ?? 30 * DAY_MS
}

/** What logs tells itself is in its own tables once it is heard, and nobody else's business. */
const kept: Partial<Record<Service, number>> = { logs: 0 }

/** Deletes events that are older than they are kept for, but nothing that has still to reach somebody. */
export const pruneEvents =
  (keptMs: number): Prune<Sql> =>
  async (tx, now, limit) => {
    const before = keptMs === 0 ? LAST_ID : idsBeginWith(now - keptMs) // whatever the clock says
    return tx.$executeRaw`
      DELETE FROM "Event" WHERE seq IN (
        SELECT seq FROM "Event" WHERE id < ${before}
        AND NOT EXISTS (SELECT 1 FROM "Outbox" WHERE event = seq) LIMIT ${limit})`
  }

const LAST_ID = 'g' // after all hexadecimal digits
