import { jsonRows, type Sql } from '../store/database.ts'
import type { Outcome } from './status.ts'

/** Longer than an outbox row may live (`OUTBOX_MAX_AGE_MS`), or a late copy would take effect again. */
export const INBOX_KEPT_MS = 7 * 24 * 3_600_000
const PRUNE_LIMIT = 5_000 // rows a pass, so that pruning never holds up the writer

type Seen = { id: string; outcome: Outcome }

/** The final words already on disk for these message ids. */
export function outcomesOf(sql: Sql, ids: string[]): Promise<Map<string, Outcome>> {
  return byId(sql.$queryRaw`
    SELECT json_group_array(json_object('id', id, 'outcome', outcome)) AS json
    FROM "Inbox" WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`)
}

/**
 * Writes the final word on messages, in the transaction of their effects. Returns the words on those that had one
 * before: they may not take effect again.
 */
export async function claim(tx: Sql, ids: string[], outcome: Outcome, now: number): Promise<Map<string, Outcome>> {
  const list = JSON.stringify(ids)
  const count = await tx.$executeRaw`
    INSERT INTO "Inbox" (id, outcome, at) SELECT value, ${outcome}, ${now} FROM json_each(${list}) WHERE true
    ON CONFLICT DO NOTHING`
  if (count === ids.length) return new Map()
  // Row ids only grow: whatever stands before the rows just written was there before.
  return byId(tx.$queryRaw`
    SELECT json_group_array(json_object('id', id, 'outcome', outcome)) AS json FROM "Inbox"
    WHERE id IN (SELECT value FROM json_each(${list})) AND rowid <= (SELECT MAX(rowid) FROM "Inbox") - ${count}`)
}

async function byId(query: PromiseLike<{ json: string }[]>): Promise<Map<string, Outcome>> {
  const rows = await jsonRows<Seen>(query)
  return new Map(rows.map(({ id, outcome }) => [id, outcome]))
}

/**
 * Deletes what no copy can be on its way for any more. Returns how many rows went. Rows are in the order of their
 * `rowid` as they came in: an index on `at` would cost every message more than it saves here.
 */
export async function pruneInbox(tx: Sql, now: number): Promise<number> {
  return await tx.$executeRaw`
    DELETE FROM "Inbox" WHERE at < ${now - INBOX_KEPT_MS}
    AND rowid IN (SELECT rowid FROM "Inbox" ORDER BY rowid LIMIT ${PRUNE_LIMIT})`
}
