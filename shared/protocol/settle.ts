import type { Health } from '../health.ts'
import { statusKey } from '../keys.ts'
import type { Queue, Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { deleteFields, readFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { buryRows } from './bury.ts'
import { createLease, type Lease } from './lease.ts'
import { Lookout, type Sight } from './lookout.ts'
import type { Publish } from './outbox.ts'
import { deleteRows, isSettled, putBackRows, type Waiting, waitingBetween } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'
import { parseStatus } from './status.ts'
import { verdictOn } from './verdict.ts'
import type { Window } from './window.ts'

const CHUNK = 2_500 // rows looked at with one HMGET
const CHUNKS_A_PASS = 50 // what one pass looks at before the other queues get their turn
const START = { stamp: 0, event: Number.MAX_SAFE_INTEGER } // after what has not been pushed

export type SettleDeps = {
  service: Service
  publish: Publish<Sql>
  redis: Redis
  stamps: Stamps
  health: Health
  db: Database<Sql>
  window: Window
  onRepush: (count: number) => void
}

/** What a producer keeps about one of its receivers between two passes. */
type Watch = { lookout: Lookout; lease: Lease; after: typeof START }

/**
 * The producer's side of the protocol, one pass over one receiver's rows: what the receiver has said its final
 * word on leaves the outbox; what was popped and is unaccounted for is pushed again. True when there was no row. Of several
 * instances one does it; which one is of no importance.
 */
export function createSettler(queue: Queue, deps: SettleDeps) {
  const lease = createLease(deps.service, queue, deps.redis)
  const watch: Watch = { lookout: new Lookout(queue, deps.redis, deps.stamps), lease, after: START }
  return { runOnce: () => settle(queue, watch, deps), newEpoch: () => watch.lookout.newEpoch(), stop: lease.giveUp }
}

/** Looks only at what has been popped: what still waits in the list cannot have been answered. */
async function settle(queue: Queue, watch: Watch, deps: SettleDeps): Promise<boolean> {
  if (await isSettled(deps.db.read, queue)) return true
  if (!(await watch.lease.isOurs())) return false
  const sight = await watch.lookout.look(watch.after === START)
  for (let chunk = 0; chunk < CHUNKS_A_PASS; chunk++) {
    const rows = await waitingBetween(deps.db.read, queue, watch.after, sight.oldestStamp, CHUNK)
    await settleChunk(queue, rows, sight, deps)
    const last = rows.length < CHUNK ? undefined : rows.at(-1)
    watch.after = last ?? START
    if (last === undefined) break
  }
  return false
}

async function settleChunk(queue: Queue, rows: Waiting[], sight: Sight, deps: SettleDeps): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const fields = await readFields(deps.redis, statusKey(queue), ids)
  const settled: Waiting[] = []
  const dead = new Map<Waiting, string>()
  const again: Waiting[] = []
  for (const [i, row] of rows.entries()) {
    const field = fields[i] ?? null
    sight.note(row.id, field)
    const status = parseStatus(field)
    if (status?.state === 'requeued') deps.stamps.see(status.stamp) // or a clock ahead of ours would hold it up
    const verdict = verdictOn(row, status, sight)
    if (verdict.kind === 'settled') settled.push(row)
    if (verdict.kind === 'dead') dead.set(row, verdict.reason)
    if (verdict.kind === 'push') again.push({ ...row, ...verdict.as })
  }
  if (settled.length > 0) await remove(queue, settled, deps)
  if (dead.size > 0) await buryRows(queue, dead, { ...deps, log: deps.health.log })
  if (again.length > 0) await pushAgain(queue, again, deps)
}

/** Exactly the rows that were acknowledged, then exactly those fields. */
async function remove(queue: Queue, rows: Waiting[], { db, redis }: SettleDeps): Promise<void> {
  // crash point: before delete of the row
  await db.write((tx) => deleteRows(tx, queue, rows), 'beside')
  // crash point: after delete of the row
  await deleteFields(redis, statusKey(queue), idsOf(rows))
  // crash point: after delete of the field
}

/** They go out again when it is their turn. */
async function pushAgain(queue: Queue, again: Waiting[], deps: SettleDeps): Promise<void> {
  const { db, redis, health, window, onRepush } = deps
  // A word from before means nothing after the push. It goes first: while Redis kept it, each push would count a crash.
  await deleteFields(redis, statusKey(queue), idsOf(again))
  const count = await db.write((tx) => putBackRows(tx, queue, again), 'beside')
  if (count === 0) return
  onRepush(count)
  health.log.warn({ queue, count }, 'outbox.repushed')
  window.close()
}

const idsOf = (rows: Waiting[]) => rows.map(({ id }) => id)
