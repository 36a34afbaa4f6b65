import type { Emitted } from '../events.ts'
import type { Emit } from '../handler.ts'
import { queueKey } from '../keys.ts'
import type { Logger } from '../logger.ts'
import { receiversOf, type Service } from '../routes.ts'
import type { Database } from '../store/database.ts'
import type { Redis } from '../store/redis.ts'
import { type Columns, each, insert, names, records, type Sql } from '../store/sql.ts'
import { writeEnvelope } from './envelope.ts'
import { newId } from './new-id.ts'

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

const columns: Columns<OutboxRow> = [
  'id',
  'queue',
  'name',
  'orderId',
  'at',
  'data',
  'traceparent',
  'attempt',
  'stamp',
  'pushes',
  'crashes',
]

/** Runs `work` in one transaction with the events it emits; after the commit they are pushed. */
export type Publish<Client> = <T>(work: (tx: Client, emit: Emit) => Promise<T>) => Promise<T>

/**
 * The transactional outbox: state and events are committed together, then the rows go out in one LPUSH per
 * list. A push that fails is not an error here: the row stays, and `settle.ts` pushes it again.
 */
export function createOutbox<Client extends Sql>(
  db: Pick<Database<Client>, 'write'>,
  redis: Redis,
  log: Logger,
  onRows: () => void = () => {},
): Publish<Client> {
  return async (work) => {
    const rows: OutboxRow[] = []
    const result = await db.write(async (tx) => {
      const emit: Emit = (event) => void rows.push(...rowsFor(event, Date.now()))
      const value = await work(tx, emit)
      await insertRows(tx, rows)
      // crash point: before commit
      return value
    })
    // crash point: after commit
    if (rows.length > 0) onRows()
    push(redis, rows).catch((error) => log.debug({ err: error, count: rows.length }, 'outbox.unpushed'))
    return result
  }
}

function rowsFor({ name, orderId, data, traceparent }: Emitted, now: number): OutboxRow[] {
  const common = { name, orderId, at: now, data: JSON.stringify(data), traceparent: traceparent ?? null }
  const fresh = { attempt: 1, stamp: now, pushes: 1, crashes: 0 }
  return receiversOf(name).map((queue) => ({ id: newId(), queue, ...common, ...fresh }))
}

/** Writes rows to the outbox; those whose id is there already stay as they are. */
export async function insertRows(tx: Sql, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.$executeRaw`${insert('Outbox', columns, rows)} ON CONFLICT DO NOTHING`
}

/** Pushes rows to their lists, one LPUSH per list, oldest first. Rejects when Redis did not take them. */
export async function push(redis: Redis, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  // crash point: before push
  const queues = [...new Set(rows.map((row) => row.queue))]
  await Promise.all(
    queues.map((queue) => {
      const mine = rows.filter((row) => row.queue === queue)
      return redis.lpush(queueKey(queue), ...mine.map(elementOf))
    }),
  )
  // crash point: after push
}

/** The row as its receiver's list carries it. */
export function elementOf({ crashes, traceparent, data, ...row }: OutboxRow): string {
  const solo = crashes >= CRASHES_BEFORE_SOLO ? true : undefined
  return writeEnvelope({ ...row, solo, traceparent: traceparent ?? undefined }, data)
}

const CRASHES_BEFORE_SOLO = 3 // what went down with its worker so often is handled by itself

/** Whether nothing is left that waits for this queue's word. */
export async function isSettled(sql: Sql, queue: Service): Promise<boolean> {
  const rows = await sql.$queryRaw<unknown[]>`SELECT 1 FROM "Outbox" WHERE queue = ${queue} LIMIT 1`
  return rows.length === 0
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
