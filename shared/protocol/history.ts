import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import { statusKey } from '../keys.ts'
import { type Queue, queueTo, type Service, shardsOf } from '../routes.ts'
import type { Shards } from '../shards.ts'
import type { Database } from '../store/database.ts'
import type { Redis } from '../store/redis.ts'
import type { Sql } from '../store/sql.ts'
import { eventsFrom, receiversFrom } from '../ways.ts'
import { begin, CHUNK, goOn, type Heard, meet } from './heard.ts'
import { hasOldInstances, liveWorkers } from './workers.ts'

const PAUSE_MS = 10 // between two chunks: others want to write, too
const WAIT_MS = 1_000 // for an older instance of the sender to end
const LOOK_MS = 5_000 // who has another database now; seldom, for it costs a question to Redis per receiver

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
export async function openHistory(deps: Deps): Promise<History> {
  const { service, db, isReader } = deps
  const all: All = new Map()
  for (const receiver of receiversFrom(service))
    all.set(receiver, await db.write((tx) => begin(tx, service, receiver, isReader(receiver))))
  return {
    upTo: (receiver) =>
      isUnmet(receiver, all, deps) ? 0 : (all.get(receiver)?.pass?.after ?? Number.MAX_SAFE_INTEGER),
    start: (onRows) => startTelling(all, deps, onRows),
  }
}

type All = Map<Service, Heard>
type OnRows = (queue: Queue) => void

/**
 * A reader is told nothing before it is known which database it has: if it lost that before, another one would be taken for its
 * first, and would never hear what the lost one was told.
 */
const isUnmet = (receiver: Service, all: All, { isReader }: Pick<Deps, 'isReader'>) =>
  isReader(receiver) && all.get(receiver)?.database === null

/** Goes on with each pass, chunk by chunk, and looks who has another database; not between two chunks, for it asks Redis about each. */
function startTelling(all: All, deps: Deps, onRows: OnRows): Loop {
  let isMore = false
  const isUnderWay = () => [...all].some(([receiver, { pass }]) => pass !== null || isUnmet(receiver, all, deps))
  const periodMs = () => (isMore ? PAUSE_MS : isUnderWay() ? WAIT_MS : LOOK_MS)
  return every(periodMs, 'history', deps.health, async () => {
    const isLooking = !isMore && deps.redis.status === 'ready'
    isMore = false
    if (isLooking) for (const receiver of all.keys()) await lookAt(receiver, all, deps, onRows)
    for (const [receiver, { pass }] of all)
      if (pass !== null && (await step(receiver, all, deps, onRows))) isMore = true
  })
}

async function lookAt(receiver: Service, all: All, deps: Deps, onRows: OnRows): Promise<void> {
  const { service, db, redis, health, isReader } = deps
  const live = await liveWorkers(redis, receiver)
  const databases = new Set([...live.values()].map(({ database }) => database))
  const [database] = databases
  if (database === undefined || databases.size > 1 || database === all.get(receiver)?.database) return
  const isLost = all.get(receiver)?.database !== null
  if (isLost) for (const list of shardsOf(receiver)) await redis.del(statusKey(list)) // words of the old one, on what the new one has not seen
  all.set(receiver, await db.write((tx) => meet(tx, service, receiver, database, isReader(receiver))))
  if (isLost) health.log.warn({ receiver, isRebuilt: isReader(receiver) }, 'receiver.replaced')
  else wake(receiver, service, onRows)
}

/** True when there is more to look through at once. */
async function step(receiver: Service, all: All, deps: Deps, onRows: OnRows): Promise<boolean> {
  const { service, db, redis, shards } = deps
  const before = all.get(receiver)?.pass?.after ?? 0
  const mayEnd = !(await hasOldInstances(redis, service))
  const heard = await db.write((tx) => goOn(tx, receiver, mayEnd, shards))
  all.set(receiver, heard)
  wake(receiver, service, onRows)
  return heard.pass !== null && heard.pass.after - before === CHUNK
}

function wake(receiver: Service, service: Service, onRows: OnRows): void {
  for (const name of eventsFrom(service, receiver)) onRows(queueTo(receiver, name))
}
