import type { Queue } from '../routes.ts'
import { each, type Sql } from '../store/sql.ts'

const COUNTED_MAX = 1_000_000 // rows; whoever waits behind so many need not know exactly
const FRESH_MS = 900
const REST_SHARE = 50 // what takes long is done less often: at most a fiftieth of this thread

/** How many messages wait on the sender's disk for a turn in each list, by the list's name; none are left out. */
export type OnDisk = Record<string, number>

/** Counts what waits for these lists, which may become more. A list that `isOpen` has nothing waiting, and is not looked for. */
export function createDiskCount(
  read: Sql,
  lists: Map<Queue, { window: { isOpen(): boolean } }>,
): () => Promise<OnDisk> {
  let known: Promise<OnDisk> = Promise.resolve({})
  let keptUntilMs = 0
  return () => {
    const sinceMs = performance.now()
    const closed = [...lists].flatMap(([list, { window }]) => (window.isOpen() ? [] : [list]))
    if (closed.length === 0) return Promise.resolve({})
    if (sinceMs < keptUntilMs) return known
    keptUntilMs = Number.POSITIVE_INFINITY // one question at a time, however long a database does not answer
    known = countAll(read, closed).finally(() => {
      keptUntilMs = performance.now() + Math.max(FRESH_MS, REST_SHARE * (performance.now() - sinceMs))
    })
    return known
  }
}

async function countAll(read: Sql, lists: Queue[]): Promise<OnDisk> {
  const counts = await Promise.all(lists.map(async (list) => [list, await countOf(read, list)] as const))
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

async function countOf(read: Sql, list: Queue): Promise<number> {
  const [row] = await read.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM (
      SELECT event FROM "Outbox" WHERE queue = ${list} AND stamp = 0 LIMIT ${COUNTED_MAX}) AS waiting`
  return row?.count ?? 0
}

/** Those of these lists that there are rows for, whether they have been pushed or not. */
export async function listsWithRows(sql: Sql, lists: Queue[]): Promise<Queue[]> {
  const rows = await sql.$queryRaw<{ list: Queue }[]>`
    SELECT value AS list FROM ${each(lists)} WHERE EXISTS (SELECT 1 FROM "Outbox" WHERE queue = value)`
  return rows.map(({ list }) => list)
}

/** Whether anything waits here for a turn in this list. */
export async function isAnyWaiting(sql: Sql, queue: Queue): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE queue = ${queue} AND stamp = 0 LIMIT 1`
  return rows.length > 0
}

/** How many events wait for this queue's word; counted up to `most`. */
export async function countOwed(sql: Sql, queue: Queue, most: number): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM (SELECT 1 FROM "Outbox" WHERE queue = ${queue} LIMIT ${most}) AS owed`
  return row?.count ?? 0
}
