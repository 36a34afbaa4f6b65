import type { Service } from '../routes.ts'
import { type Columns, each, insert, names, records, type Sql } from '../store/sql.ts'

/** One message to one receiver, kept until that receiver has said its final word. Times in ms. */
export type OutboxRow = {
  id: string
  queue: Service
  name: string
  orderId: string
  at: number
  data: string
  traceparent: string | null
  attempt: number
  stamp: number
  pushes: number
  crashes: number
}

const event = ['name', 'orderId', 'at', 'data', 'traceparent'] as const
const delivery = ['attempt', 'stamp', 'pushes', 'crashes'] as const
const columns: Columns<OutboxRow> = ['id', 'queue', ...event, ...delivery]

/** Writes rows to the outbox; those whose id is there already stay as they are. */
export async function insertRows(tx: Sql, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`${insert('Outbox', columns, rows)} ON CONFLICT DO NOTHING`
}

/** Whether nothing is left that waits for this queue's word. */
export async function isSettled(sql: Sql, queue: Service): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE queue = ${queue} LIMIT 1`
  return rows.length === 0
}

/** The latest stamp on disk; 0 where there is none. */
export async function latestStamp(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ stamp: number | null }[]>`SELECT MAX(stamp) AS stamp FROM "Outbox"`
  return Number(row?.stamp ?? 0)
}

/** What can be said of a row without its payload. */
export type Waiting = Pick<OutboxRow, 'id' | 'at' | 'attempt' | 'stamp' | 'crashes'>
type Place = { stamp: number; id: string }

/** The rows for one queue in the order they were pushed: after a place, up to a stamp, at most `limit`. */
export async function waitingBetween(sql: Sql, queue: Service, after: Place, upTo: number, limit: number) {
  return sql.$queryRaw<Waiting[]>`
    SELECT id, at, attempt, stamp, crashes FROM "Outbox"
    WHERE queue = ${queue} AND (stamp, id) > (${after.stamp}, ${after.id}) AND stamp <= ${upTo}
    ORDER BY stamp, id LIMIT ${limit}`
}

/** These rows, as far as they are still there, in the order they were pushed. */
export async function rowsOf(sql: Sql, ids: string[]): Promise<OutboxRow[]> {
  return sql.$queryRaw<OutboxRow[]>`
    SELECT ${names(columns)} FROM "Outbox" WHERE id IN (SELECT value FROM ${each(ids)}) ORDER BY stamp, id`
}

/** Deletes exactly these rows. */
export async function deleteRows(tx: Sql, ids: string[]): Promise<void> {
  await tx.$executeRaw`DELETE FROM "Outbox" WHERE id IN (SELECT value FROM ${each(ids)})`
}

/**
 * Notes in the outbox that `rows` (with their new attempt and crashes) are about to be pushed again, under `stamp`.
 * Returns those whose stamp was still the one given: a second process of the same service that settles at the same
 * time gets none of them.
 */
export async function restampRows(tx: Sql, rows: Waiting[], stamp: number): Promise<OutboxRow[]> {
  const claimed = await tx.$queryRaw<{ id: string }[]>`
    UPDATE "Outbox" SET stamp = ${stamp}, attempt = new.attempt, crashes = new.crashes, pushes = "Outbox".pushes + 1
    FROM ${records('Outbox', restamped, rows)} AS new
    WHERE "Outbox".id = new.id AND "Outbox".stamp = new.stamp
    RETURNING "Outbox".id`
  return rowsOf(
    tx,
    claimed.map(({ id }) => id),
  )
}

const restamped: Columns<Waiting> = ['id', 'stamp', 'attempt', 'crashes']
