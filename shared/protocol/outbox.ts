import type { Emitted } from '../events.ts'
import type { Emit } from '../handler.ts'
import { queueKey } from '../keys.ts'
import type { Logger } from '../logger.ts'
import { receiversOf, type Service } from '../routes.ts'
import type { Database, How } from '../store/database.ts'
import { pushAll } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import type { Sql } from '../store/sql.ts'
import { writeEnvelope } from './envelope.ts'
import { newId } from './new-id.ts'
import { insertRows, type OutboxRow } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'

/** Runs `work` in one transaction with the events it emits, once or more often; after the commit they are pushed. */
export type Publish<Client> = <T>(work: (tx: Client, emit: Emit) => Promise<T>, how?: How) => Promise<T>

type Writer<Client> = Pick<Database<Client>, 'write'>
type Deps<Client> = { db: Writer<Client>; redis: Redis; stamps: Stamps; log: Logger; onRows: () => void }

/**
 * The transactional outbox: state and events are committed together, then the rows go out in one LPUSH per
 * list. A push that fails is not an error here: the row stays, and `settle.ts` pushes it again.
 */
export function createOutbox<Client extends Sql>({ db, redis, stamps, log, onRows }: Deps<Client>): Publish<Client> {
  return async (work, how) => {
    const { result, rows } = await db.write(async (tx) => {
      const rows: OutboxRow[] = []
      const stamp = stamps.next()
      const emit: Emit = (event) => void rows.push(...rowsFor(event, Date.now(), stamp))
      const result = await work(tx, emit)
      await insertRows(tx, rows)
      // crash point: before commit
      return { result, rows }
    }, how)
    // crash point: after commit
    if (rows.length > 0) onRows()
    push(redis, rows).catch((error) => log.debug({ err: error, count: rows.length }, 'outbox.unpushed'))
    return result
  }
}

function rowsFor({ name, orderId, data, traceparent }: Emitted, now: number, stamp: number): OutboxRow[] {
  const common = { name, orderId, at: now, data: JSON.stringify(data), traceparent: traceparent ?? null }
  const fresh = { attempt: 1, stamp, pushes: 1, crashes: 0 }
  return receiversOf(name).map((queue) => ({ id: newId(), queue, ...common, ...fresh }))
}

/** Pushes rows to their lists, one LPUSH per list, oldest first. Rejects when Redis did not take them. */
export async function push(redis: Redis, rows: OutboxRow[]): Promise<void> {
  if (rows.length === 0) return
  // crash point: before push
  const queues = [...new Set(rows.map((row) => row.queue))]
  const elementsFor = (queue: Service) => rows.filter((row) => row.queue === queue).map(elementOf)
  await Promise.all(queues.map((queue) => pushAll(redis, queueKey(queue), elementsFor(queue))))
  // crash point: after push
}

/** The row as its receiver's list carries it. */
export function elementOf({ crashes, traceparent, data, ...row }: OutboxRow): string {
  const solo = crashes >= CRASHES_BEFORE_SOLO ? true : undefined
  return writeEnvelope({ ...row, solo, traceparent: traceparent ?? undefined }, data)
}

const CRASHES_BEFORE_SOLO = 3 // what went down with its worker so often is handled by itself
