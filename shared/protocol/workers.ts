import { z } from 'zod'
import { workersKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import { routesVersion } from '../routes-version.ts'
import { deleteFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { hasEnded } from './process-table.ts'

const count = z.int().nonnegative()
const beatShape = z.object({
  host: z.string(),
  pid: z.int(),
  table: z.string().optional(), // the versions before said nothing of these three
  at: z.number(),
  startedAt: z.number(),
  incarnation: count,
  handled: count,
  retried: count,
  buried: count,
  inFlight: count,
  url: z.string().nullable(),
  pausedAt: z.number().optional(),
  database: z.string().optional(),
  routes: z.string().optional(),
  passage: z
    .object({
      perSecond: z.number().nullable(),
      atOnce: count,
      underWay: count,
      queued: count,
      calls: count,
      callMs: z.number().nullable(),
    })
    .optional(),
  onDisk: z.record(z.string(), count).optional(),
  times: z.object({ wait: z.array(count), work: z.array(count) }).optional(),
})

/**
 * What a worker says of itself once a second. `at` is ms since the epoch by its own clock; `table` is the process table that its `pid` is of; `url` serves its own pages; `pausedAt` is since when it
 * pops nothing, as the admin wants it; `database` is the id
 * of the one its inbox is in, `routes` the table it knows; `passage` is how its way out stands, if it has one, and `onDisk` what
 * waits at its service for a turn in each list. `times` counts, since its start, how long messages waited in their list and were
 * worked on: see spans.ts.
 */
export type Beat = z.infer<typeof beatShape>

/** How often a worker beats. */
export const BEAT_MS = 1_000
const LIVE_MS = 3_500 // three beats missed
const FORGOTTEN_MS = 60_000 // a dead worker is shown for a minute

/** Every worker of a service that has been seen lately, dead ones too. What is no beat is passed over. */
export async function allWorkers(redis: Redis, service: Service): Promise<Map<string, Beat>> {
  const fields = await redis.hgetall(workersKey(service))
  return new Map(Object.entries(fields).flatMap(([id, text]) => readBeat(id, text)))
}

function readBeat(id: string, text: string): [string, Beat][] {
  try {
    return [[id, beatShape.parse(JSON.parse(text))]]
  } catch {
    return [] // garbage in Redis is not the worker's word
  }
}

/**
 * Who is there, whether anybody of them pops and so could answer, and who has been gone for so long that the hash can
 * forget it; for how long (ms) a beat has been seen to stand still.
 */
export type Attendance = {
  live: Map<string, Beat>
  isAnswering: boolean
  forgotten: string[]
  stillForMs(id: string): number
}

/**
 * Tells who is alive by when their beats were seen to change, in this process's own time (`atMs`): what their clocks say
 * may be anything. Of what runs beside it the process table tells of a `kill -9` at once; beats only after seconds.
 */
export function createAttendance(): (beats: Map<string, Beat>, atMs: number) => Attendance {
  let seen = new Map<string, { beat: Beat; since: number }>()
  return (beats, atMs) => {
    seen = new Map(
      [...beats].map(([id, beat]) => {
        const before = seen.get(id)
        return [id, { beat, since: before?.beat.at === beat.at ? before.since : atMs }]
      }),
    )
    const all = [...seen]
    const live = new Map(
      all
        .filter(([, { beat, since }]) => atMs - since < LIVE_MS && !hasEnded(beat))
        .map(([id, { beat }]) => [id, beat]),
    )
    return {
      live,
      isAnswering: [...live.values()].some(({ pausedAt }) => pausedAt === undefined),
      forgotten: all.filter(([, { since }]) => atMs - since > FORGOTTEN_MS).map(([id]) => id),
      stillForMs: (id) => Math.round(atMs - (seen.get(id)?.since ?? atMs)),
    }
  }
}

/**
 * The workers of a service that are alive, by id, as far as this connection has looked at them before: what is seen for the
 * first time is alive until its beat is seen to stand still.
 */
export async function liveWorkers(redis: Redis, service: Service): Promise<Map<string, Beat>> {
  return (await attendanceOf(redis, service)).live
}

/** The same with those that have gone lately. */
export async function attendanceOf(redis: Redis, service: Service): Promise<Attendance & { all: Map<string, Beat> }> {
  const all = await allWorkers(redis, service)
  return { all, ...attendanceOver(redis, service)(all, performance.now()) }
}

type Attend = ReturnType<typeof createAttendance>
const attendances = new WeakMap<Redis, Map<Service, Attend>>()

function attendanceOver(redis: Redis, service: Service): Attend {
  const known = attendances.get(redis) ?? new Map<Service, Attend>()
  attendances.set(redis, known)
  const attend = known.get(service) ?? createAttendance()
  known.set(service, attend)
  return attend
}

/** Whether another process of this service still runs that knows another table, and so writes rows for others. */
export async function hasOldInstances(redis: Redis, service: Service): Promise<boolean> {
  const live = await liveWorkers(redis, service).catch(() => new Map())
  return [...live.values()].some(({ routes }) => routes !== routesVersion)
}

/** Writes one beat. */
export async function beat(redis: Redis, service: Service, id: string, state: Beat): Promise<void> {
  await redis.hset(workersKey(service), id, JSON.stringify(state))
}

/** Takes workers out of the hash: one that ends in good order, or those that have been dead for a minute. */
export async function forget(redis: Redis, service: Service, ids: string[]): Promise<void> {
  await deleteFields(redis, workersKey(service), ids)
}
