import { each, type Sql } from '../store/sql.ts'
import type { Outcome } from './status.ts'

/** Longer than an outbox row may live (`OUTBOX_MAX_AGE_MS`), or a late copy would take effect again. */
export const INBOX_KEPT_MS = 7 * 24 * 3_600_000

type Seen = { id: string; outcome: Outcome }

/** The final words already on disk for these message ids. */
export async function outcomesOf(sql: Sql, ids: string[]): Promise<Map<string, Outcome>> {
  const rows = await sql.$queryRaw<Seen[]>`SELECT id, outcome FROM "Inbox" WHERE id IN (SELECT value FROM ${each(ids)})`
  return new Map(rows.map(({ id, outcome }) => [id, outcome]))
}

/**
 * Writes the final word on messages, in the transaction of their effects. Returns the words on those that had one
 * before: they may not take effect again. `read` sees only what is committed, and so not what has just been written.
 */
export async function claim(tx: Sql, read: Sql, ids: string[], outcome: Outcome, now: number) {
  const count = await tx.$executeRaw`
    INSERT INTO "Inbox" (id, outcome, at)
    SELECT value, ${outcome}, CAST(${now} AS BIGINT) FROM ${each(ids)} WHERE true
    ON CONFLICT DO NOTHING`
  return count === ids.length ? new Map<string, Outcome>() : outcomesOf(read, ids)
}
