import { v7 as uuidv7 } from 'uuid'
import { markKey, queueKey, statusKey } from '../keys.ts'
import type { Logger } from '../logger.ts'
import type { Service } from '../routes.ts'
import type { Database, Sql } from '../store/database.ts'
import type { Redis } from '../store/redis.ts'
import { letterOf } from './bury.ts'
import { insertLetters } from './dead-letters.ts'
import { peekStamp } from './envelope.ts'
import { deleteRows, isSettled, push, restampRows, rowsOf, type Waiting, waitingBetween } from './outbox.ts'
import { parseStatus } from './status.ts'
import { type Situation, UNHELD_GRACE_MS, verdictOn } from './verdict.ts'
import { liveWorkers } from './workers.ts'

const CHUNK = 2_500 // rows looked at with one HMGET
const CHUNKS_A_PASS = 50 // what one pass looks at before the other queues get their turn
const START = { stamp: 0, id: '' }

type Deps = { db: Database<Sql>; redis: Redis; log: Logger; onRepush: (count: number) => void }

/** When a producer looked at a list, and before which stamp all had been popped by then. */
type Look = { at: number; popped: number }

/** The memory a producer keeps about one of its receivers between two passes. */
type Watch = { seen: string[]; epochAt: number; looks: Look[]; after: typeof START }

/**
 * The producer's side of the protocol, one pass over one receiver's rows: what the receiver has said its final
 * word on leaves the outbox; what was popped and is unaccounted for is pushed again. True when there was no row.
 */
export function createSettler(queue: Service, deps: Deps): { runOnce(): Promise<boolean>; newEpoch(): void } {
  const watch: Watch = { seen: [], epochAt: 0, looks: [], after: START }
  return {
    runOnce: () => settle(queue, watch, deps),
    newEpoch: () => {
      watch.epochAt = Date.now()
    },
  }
}

/** Looks only at what has been popped: what still waits in the list cannot have been answered. */
async function settle(queue: Service, watch: Watch, deps: Deps): Promise<boolean> {
  if (await isSettled(deps.db.read, queue)) return true
  const situation = await look(queue, watch, deps)
  for (let chunk = 0; chunk < CHUNKS_A_PASS; chunk++) {
    const rows = await waitingBetween(deps.db.read, queue, watch.after, situation.oldestStamp, CHUNK)
    await settleChunk(queue, rows, situation, deps)
    const last = rows.length < CHUNK ? undefined : rows.at(-1)
    watch.after = last ?? START
    if (last === undefined) break
  }
  return false
}

/** A worker is gone, or Redis has lost the mark left in it: an epoch begins, and waives the grace. */
async function look(queue: Service, watch: Watch, { redis }: Deps): Promise<Situation & { oldestStamp: number }> {
  const now = Date.now()
  const [oldest, mark, live] = await Promise.all([
    redis.lindex(queueKey(queue), -1),
    readMark(queue, redis),
    liveWorkers(redis, queue, now),
  ])
  const seen = [`${mark}`, ...[...live].map(([id, { incarnation }]) => `${id}#${incarnation}`)]
  if (watch.seen.some((one) => !seen.includes(one))) watch.epochAt = now
  watch.seen = seen
  const oldestStamp = stampOf(oldest)
  const long = watch.looks.findLastIndex(({ at }) => at <= now - UNHELD_GRACE_MS)
  watch.looks = [...watch.looks.slice(Math.max(long, 0)), { at: now, popped: Math.min(oldestStamp, now) }]
  const poppedFor = (ms: number) => {
    const then = watch.looks.findLast(({ at }) => at <= now - ms)
    return Math.min(then?.popped ?? 0, oldestStamp)
  }
  return { now, oldestStamp, poppedFor, epochAt: watch.epochAt, isLive: (worker) => live.has(worker) }
}

/** The mark in Redis; a new one where there is none. */
async function readMark(queue: Service, redis: Redis): Promise<string | null> {
  const mark = await redis.get(markKey(queue))
  if (mark !== null) return mark
  await redis.set(markKey(queue), uuidv7(), 'NX')
  return redis.get(markKey(queue))
}

/** The stamp of the element popped next; nothing waiting: later than all; garbage: tells nothing, so earlier. */
function stampOf(element: string | null): number {
  return element === null ? Number.MAX_SAFE_INTEGER : (peekStamp(element) ?? 0)
}

async function settleChunk(queue: Service, rows: Waiting[], situation: Situation, deps: Deps): Promise<void> {
  if (rows.length === 0) return
  const fields = await deps.redis.hmget(statusKey(queue), ...rows.map((row) => row.id))
  const settled: string[] = []
  const dead = new Map<string, string>()
  const again: Waiting[] = []
  for (const [i, row] of rows.entries()) {
    const verdict = verdictOn(row, parseStatus(fields[i] ?? null), situation)
    if (verdict.kind === 'settled') settled.push(row.id)
    if (verdict.kind === 'dead') dead.set(row.id, verdict.reason)
    if (verdict.kind === 'push') again.push({ ...row, ...verdict.as })
  }
  if (settled.length > 0) await remove(queue, settled, deps)
  if (dead.size > 0) await giveUp(dead, situation.now, deps)
  if (again.length > 0) await pushAgain(queue, again, deps)
}

/** Exactly the rows that were acknowledged, then exactly those fields. */
async function remove(queue: Service, ids: string[], { db, redis }: Deps): Promise<void> {
  // crash point: before delete of the row
  await db.write((tx) => deleteRows(tx, ids))
  // crash point: after delete of the row
  await redis.hdel(statusKey(queue), ...ids)
  // crash point: after delete of the field
}

async function giveUp(reasons: Map<string, string>, now: number, { db, log }: Deps): Promise<void> {
  const ids = [...reasons.keys()]
  const letters = await db.write(async (tx) => {
    const rows = await rowsOf(tx, ids)
    const letters = rows.map((row) => letterOf(row, reasons.get(row.id) ?? '', now))
    await insertLetters(tx, letters)
    await deleteRows(tx, ids)
    return letters
  })
  for (const { body, ...letter } of letters) log.error(letter, 'message.dead')
}

async function pushAgain(queue: Service, again: Waiting[], { db, redis, log, onRepush }: Deps): Promise<void> {
  const rows = await db.write((tx) => restampRows(tx, again, Date.now()))
  if (rows.length === 0) return
  onRepush(rows.length)
  log.warn({ queue, count: rows.length }, 'outbox.repushed')
  await redis.hdel(statusKey(queue), ...rows.map((row) => row.id)) // a word from before this push means nothing now
  await push(redis, rows)
}
