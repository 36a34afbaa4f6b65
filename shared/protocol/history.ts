import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import { statusKey } from '../keys.ts'
import { type EventName, type Queue, queueTo, type Service, shardsOf } from '../routes.ts'
import { type Shards, shardFor, shardsIn } from '../shards.ts'
import type { Database } from '../store/database.ts'
import { recall, remember } from '../store/meta.ts'
import type { Redis } from '../store/redis.ts'
import { each, type Sql } from '../store/sql.ts'
import { eventsFrom, receiversFrom } from '../ways.ts'
import { insertRows } from './outbox-rows.ts'
import { hasOldInstances, liveWorkers } from './workers.ts'

const CHUNK = 2_000 // events looked through in one transaction; some 10 ms, so that it never holds up the writer
const PAUSE_MS = 10 // between two chunks: others want to write, too
const WAIT_MS = 1_000 // for an older instance of the sender to end
const LOOK_MS = 5_000 // who has another database now; seldom, for it costs a question to Redis per receiver

/** What a sender has noted about a receiver: what it has been told of, from which database, and how far a pass is. */
type Heard = { names: EventName[]; database: string | null; pass: { names: EventName[]; after: number } | null }

/** Gives receivers that are new, or begin anew, all that happened before, in its order. */
export type History = {
  /** Up to which event what waits for a receiver may go out: beyond it earlier ones may be missing. */
  upTo(receiver: Service): number
  /** `onRows` is told of queues for which there are new rows. */
  start(onRows: (queue: Queue) => void): Loop
}

type Deps = { service: Service; db: Database<Sql>; redis: Redis; health: Health } & Wanted
type Wanted = { isReader(receiver: Service): boolean; shards: Shards }

/**
 * Reads what the sender has noted. Catching up is nothing but outbox rows, so history is delivered like everything else.
 * A receiver that is not known yet gets all of it; one that only reads also gets what is new to it in the table, and all
 * over again when it has lost its database. A pass ends when no old instance of the sender is left that knows less.
 */
export async function openHistory({ service, db, redis, health, isReader, shards }: Deps): Promise<History> {
  const receivers = receiversFrom(service)
  const all = new Map<Service, Heard>()
  for (const receiver of receivers)
    all.set(receiver, await db.write((tx) => begin(tx, service, receiver, isReader(receiver))))

  /** True when there is more to look through at once. */
  const step = async (receiver: Service, onRows: (queue: Queue) => void): Promise<boolean> => {
    const before = all.get(receiver)?.pass?.after ?? 0
    const mayEnd = !(await hasOldInstances(redis, service))
    const heard = await db.write((tx) => goOn(tx, receiver, mayEnd, shards))
    all.set(receiver, heard)
    for (const name of eventsFrom(service, receiver)) onRows(queueTo(receiver, name))
    return heard.pass !== null && heard.pass.after - before === CHUNK
  }
  const lookAt = async (receiver: Service) => {
    const live = await liveWorkers(redis, receiver)
    const databases = new Set([...live.values()].map(({ database }) => database))
    const [database] = databases
    if (database === undefined || databases.size > 1 || database === all.get(receiver)?.database) return
    const isLost = all.get(receiver)?.database !== null
    if (isLost) for (const list of shardsOf(receiver)) await redis.del(statusKey(list)) // words of the old one, on what the new one has not seen
    all.set(receiver, await db.write((tx) => meet(tx, service, receiver, database, isReader(receiver))))
    if (isLost) health.log.warn({ receiver, isRebuilt: isReader(receiver) }, 'receiver.replaced')
  }
  return {
    upTo: (receiver) => all.get(receiver)?.pass?.after ?? Number.MAX_SAFE_INTEGER,
    start: (onRows) => {
      let isMore = false
      const isUnderWay = () => [...all.values()].some(({ pass }) => pass !== null)
      return every(
        () => (isMore ? PAUSE_MS : isUnderWay() ? WAIT_MS : LOOK_MS),
        'history',
        health,
        async () => {
          const isLooking = !isMore && redis.status === 'ready' // not between two chunks: it asks Redis about each receiver
          isMore = false
          if (isLooking) for (const receiver of receivers) await lookAt(receiver)
          for (const [receiver, { pass }] of all) if (pass !== null && (await step(receiver, onRows))) isMore = true
        },
      )
    },
  }
}

const keyOf = (receiver: Service) => `heard:${receiver}`

async function read(sql: Sql, receiver: Service): Promise<Heard | null> {
  const noted = await recall(sql, keyOf(receiver))
  return noted === null ? null : JSON.parse(noted)
}

async function note(tx: Sql, receiver: Service, heard: Heard): Promise<Heard> {
  await remember(tx, keyOf(receiver), JSON.stringify(heard))
  return heard
}

/** At the start of the sender: a pass for what the receiver has not been told of, where it is to know. */
async function begin(tx: Sql, service: Service, receiver: Service, isReader: boolean): Promise<Heard> {
  const names = eventsFrom(service, receiver)
  const known = await read(tx, receiver)
  const before = known ?? { names: [], database: null, pass: null }
  const missing = names.filter((name) => !before.names.includes(name))
  if (missing.length === 0) return before
  const isToKnow = (known === null || isReader) && (await lastSeq(tx)) > 0
  const pass = isToKnow ? { names: [...new Set([...missing, ...(before.pass?.names ?? [])])], after: 0 } : before.pass
  return note(tx, receiver, { ...before, names: isToKnow ? before.names : names, pass })
}

/** The next chunk of a pass. */
async function goOn(tx: Sql, receiver: Service, mayEnd: boolean, shards: Shards): Promise<Heard> {
  const heard = await read(tx, receiver)
  if (heard === null || heard.pass === null) throw new Error(`no pass for ${receiver} is under way`)
  const { names, after } = heard.pass
  const upTo = Math.min(after + CHUNK, await lastSeq(tx))
  await addRows(tx, names, { after, upTo }, ({ name, subject }) => shardFor(queueTo(receiver, name), subject, shards))
  const isOver = upTo < after + CHUNK && mayEnd
  if (!isOver) return note(tx, receiver, { ...heard, pass: { names, after: upTo } })
  return note(tx, receiver, { ...heard, names: [...new Set([...heard.names, ...names])], pass: null })
}

type Told = { event: number; name: EventName; subject: string }

async function addRows(
  tx: Sql,
  names: string[],
  { after, upTo }: { after: number; upTo: number },
  listFor: (told: Told) => Queue,
) {
  const told = await tx.$queryRaw<Told[]>`
    SELECT seq AS event, name, subject FROM "Event"
    WHERE seq > ${after} AND seq <= ${upTo} AND "copyOf" IS NULL AND name IN (SELECT value FROM ${each(names)})`
  const enqueuedAt = Date.now()
  const rows = told.map((one) => ({ event: one.event, queue: listFor(one), stamp: 0, enqueuedAt }))
  await insertRows(tx, rows)
}

/** A receiver has shown itself with a database of this id; if it was another one before, all of it is to be told again. */
async function meet(tx: Sql, service: Service, receiver: Service, database: string, isReader: boolean): Promise<Heard> {
  const heard = (await read(tx, receiver)) ?? { names: [], database: null, pass: null }
  if (heard.database === null || !isReader) return note(tx, receiver, { ...heard, database })
  const names = eventsFrom(service, receiver)
  const queues = [...new Set(names.flatMap((name) => shardsIn(queueTo(receiver, name))))]
  await tx.$executeRaw`DELETE FROM "Outbox" WHERE queue IN (SELECT value FROM ${each(queues)})`
  return note(tx, receiver, { names: [], database, pass: { names, after: 0 } })
}

async function lastSeq(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "Event"`
  return Number(row?.seq ?? 0)
}
