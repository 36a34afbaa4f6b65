import { recall } from '../../shared/store/meta.ts'
import { type Columns, each, insert, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'

/** One thing that happened in a topic. `event` is the id of the event that told of it, `at` in ms, `data` JSON. */
export type Kept = { topic: string; event: string; at: number; kind: string; data: string }
export type KeptRow = Kept & { seq: number }

const columns: Columns<Kept> = ['topic', 'event', 'at', 'kind', 'data']
const rowColumns: Columns<KeptRow> = ['seq', ...columns]

/** Notes what happened, in this order; what is known already is not noted again. */
export async function keep(tx: Client, rows: Kept[]): Promise<void> {
  await tx.$executeRaw`${insert('Topic', columns, rows)} ON CONFLICT (event) DO NOTHING`
}

/** At most so many of a topic are told again. */
export const TOLD_AGAIN_MAX = 500

/** The last of a topic after `after`, up to `upTo`, one more than is told again at most; by their numbers. */
export async function keptAfter(read: Client, topic: string, after: number, upTo: number): Promise<KeptRow[]> {
  const rows = await read.$queryRaw<KeptRow[]>`
    SELECT ${names(rowColumns)} FROM "Topic" WHERE topic = ${topic} AND seq > ${after} AND seq <= ${upTo}
    ORDER BY seq DESC LIMIT ${TOLD_AGAIN_MAX + 1}`
  return rows.toReversed()
}

/** What has happened last in a topic, of what has a number up to `upTo`: the newest first. */
export function newestOf(read: Client, topic: string, upTo: number, limit: number): PromiseLike<KeptRow[]> {
  return read.$queryRaw<KeptRow[]>`
    SELECT ${names(rowColumns)} FROM "Topic" WHERE topic = ${topic} AND seq <= ${upTo}
    ORDER BY event DESC LIMIT ${limit}`
}

/** What has happened in any topic after `after`, oldest first; null where that is more than is read at once. */
export async function recentAfter(read: Client, after: number): Promise<KeptRow[] | null> {
  const rows = await read.$queryRaw<KeptRow[]>`
    SELECT ${names(rowColumns)} FROM "Topic" WHERE seq > ${after} ORDER BY seq LIMIT ${TOLD_AGAIN_MAX + 1}`
  return rows.length > TOLD_AGAIN_MAX ? null : rows
}

/** The number of the last thing that happened in any topic; what is read before is no later. */
export async function lastSeq(read: Client): Promise<number> {
  const [row] = await read.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "Topic"`
  return Number(row?.seq ?? 0)
}

/** Up to which number some may have been deleted. */
export async function prunedUpTo(read: Client): Promise<number> {
  return Number((await recall(read, 'pruned')) ?? 0)
}

const KEPT_MS = 30 * 24 * 3_600_000 // as long as its senders keep their events

/** Deletes what is older than a month, and notes in the same transaction up to where: whoever stands before that has a gap. */
export async function pruneTopics(tx: Client, now: number, limit: number): Promise<number> {
  const old = await tx.$queryRaw<{ seq: number }[]>`
    SELECT seq FROM "Topic" WHERE at < CAST(${now - KEPT_MS} AS BIGINT) ORDER BY at LIMIT ${limit}`
  if (old.length === 0) return 0
  const seqs = old.map(({ seq }) => Number(seq))
  await notePruned(
    tx,
    seqs.reduce((a, b) => Math.max(a, b)),
  )
  return tx.$executeRaw`
    DELETE FROM "Topic" WHERE seq IN (SELECT CAST(value AS BIGINT) FROM ${each(seqs.map(String))})`
}

/** Never less than was noted: another process may delete, too. */
async function notePruned(tx: Client, upTo: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Meta" (key, value) VALUES ('pruned', ${String(upTo)})
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
    WHERE CAST(excluded.value AS BIGINT) > CAST("Meta".value AS BIGINT)`
}
