import type { Health } from '../health.ts'
import { statusKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import { deleteFields, readFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { buryRows } from './bury.ts'
import { createLookout, type Lookout, type Sight } from './lookout.ts'
import { type Publish, push } from './outbox.ts'
import { deleteRows, isSettled, restampRows, type Waiting, waitingBetween } from './outbox-rows.ts'
import type { Stamps } from './stamps.ts'
import { parseStatus } from './status.ts'
import { verdictOn } from './verdict.ts'

const CHUNK = 2_500 // rows looked at with one HMGET
const CHUNKS_A_PASS = 50 // what one pass looks at before the other queues get their turn
const START = { stamp: 0, id: '' }

type Channel = { redis: Redis; stamps: Stamps; health: Health }
type Sender = { service: Service; db: Database<Sql>; publish: Publish<Sql> }
export type SettleDeps = Channel & Sender & { onRepush: (count: number) => void }

/** What a producer keeps about one of its receivers between two passes. */
type Watch = { lookout: Lookout; after: typeof START }

/**
 * The producer's side of the protocol, one pass over one receiver's rows: what the receiver has said its final
 * word on leaves the outbox; what was popped and is unaccounted for is pushed again. True when there was no row.
 */
export function createSettler(queue: Service, deps: SettleDeps): { runOnce(): Promise<boolean>; newEpoch(): void } {
  const watch: Watch = { lookout: createLookout(queue, deps.redis, deps.stamps), after: START }
  return { runOnce: () => settle(queue, watch, deps), newEpoch: watch.lookout.newEpoch }
}

/** Looks only at what has been popped: what still waits in the list cannot have been answered. */
async function settle(queue: Service, watch: Watch, deps: SettleDeps): Promise<boolean> {
  if (await isSettled(deps.db.read, queue)) return true
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

async function settleChunk(queue: Service, rows: Waiting[], sight: Sight, deps: SettleDeps): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(({ id }) => id)
  const fields = await readFields(deps.redis, statusKey(queue), ids)
  const settled: string[] = []
  const dead = new Map<string, string>()
  const again: Waiting[] = []
  for (const [i, row] of rows.entries()) {
    const field = fields[i] ?? null
    sight.note(row.id, field)
    const verdict = verdictOn(row, parseStatus(field), sight)
    if (verdict.kind === 'settled') settled.push(row.id)
    if (verdict.kind === 'dead') dead.set(row.id, verdict.reason)
    if (verdict.kind === 'push') again.push({ ...row, ...verdict.as })
  }
  if (settled.length > 0) await remove(queue, settled, deps)
  if (dead.size > 0) await buryRows(dead, { ...deps, log: deps.health.log })
  if (again.length > 0) await pushAgain(queue, again, deps)
}

/** Exactly the rows that were acknowledged, then exactly those fields. */
async function remove(queue: Service, ids: string[], { db, redis }: SettleDeps): Promise<void> {
  // crash point: before delete of the row
  await db.write((tx) => deleteRows(tx, ids), 'beside')
  // crash point: after delete of the row
  await deleteFields(redis, statusKey(queue), ids)
  // crash point: after delete of the field
}

async function pushAgain(queue: Service, again: Waiting[], deps: SettleDeps): Promise<void> {
  const { db, redis, health, stamps, onRepush } = deps
  const rows = await db.write((tx) => restampRows(tx, again, stamps.next()), 'beside')
  if (rows.length === 0) return
  onRepush(rows.length)
  health.log.warn({ queue, count: rows.length }, 'outbox.repushed')
  const ids = rows.map(({ id }) => id)
  await deleteFields(redis, statusKey(queue), ids) // a word from before this push means nothing now
  await push(redis, rows)
}
