import type { Queue } from '../routes.ts'
import { type Columns, names, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'

/** A row of the outbox with its event. `data` is JSON; times in ms; `stamp` is that of its last push, 0 while it waits here. */
export type OutboxRow = StoredEvent & RowState
type RowState = {
  queue: Queue
  attempt: number
  stamp: number
  pushes: number
  crashes: number
  enqueuedAt: number
}

const stateColumns: Columns<RowState> = ['queue', 'attempt', 'stamp', 'pushes', 'crashes', 'enqueuedAt']
const columns: Columns<OutboxRow> = [...eventColumns, ...stateColumns]

/**
 * Which rows of a list: `limit` after so many, from the oldest on or from the newest. `isAll`: those that have been pushed, too, for
 * as long as their receiver has said no final word; else those that wait here for their turn.
 */
export type Slice = { after: number; limit: number; isNewestFirst: boolean; isAll: boolean }

/** What is on disk here for a list, found by the index that the list is filled by. */
export async function waitingRows(sql: Sql, queue: Queue, { after, limit, isNewestFirst, isAll }: Slice) {
  const most = isAll ? Number.MAX_SAFE_INTEGER : 0
  if (isNewestFirst)
    return sql.$queryRaw<OutboxRow[]>`
      SELECT ${names(columns)} FROM "Outbox" JOIN "Event" ON seq = event
      WHERE queue = ${queue} AND stamp <= ${most} ORDER BY stamp DESC, event DESC LIMIT ${limit} OFFSET ${after}`
  return sql.$queryRaw<OutboxRow[]>`
    SELECT ${names(columns)} FROM "Outbox" JOIN "Event" ON seq = event
    WHERE queue = ${queue} AND stamp <= ${most} ORDER BY stamp, event LIMIT ${limit} OFFSET ${after}`
}

const COUNTED_MAX = 100_000 // rows; beyond it the number is a lower bound, and says so

/** How much that is in all; `isCapped` where it is more. */
export async function countWaiting(
  sql: Sql,
  queue: Queue,
  isAll = false,
): Promise<{ count: number; isCapped: boolean }> {
  const most = isAll ? Number.MAX_SAFE_INTEGER : 0
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM (
      SELECT event FROM "Outbox" WHERE queue = ${queue} AND stamp <= ${most} LIMIT ${COUNTED_MAX}) AS waiting`
  const count = row?.count ?? 0
  return { count, isCapped: count === COUNTED_MAX }
}

/** The rows of one message, one for each receiver that has not said its final word. */
export async function rowsOfMessage(sql: Sql, id: string): Promise<OutboxRow[]> {
  return sql.$queryRaw<OutboxRow[]>`
    SELECT ${names(columns)} FROM "Event" JOIN "Outbox" ON event = seq WHERE id = ${id}`
}
