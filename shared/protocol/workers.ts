import { hostname } from 'node:os'
import { workersKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'

/** What a worker says of itself once a second. `at` is ms since the epoch; `url` serves its own pages. */
export type Beat = {
  host: string
  pid: number
  at: number
  startedAt: number
  incarnation: number
  handled: number
  retried: number
  buried: number
  inFlight: number
  url: string | null
}

/** How often a worker beats. */
export const BEAT_MS = 1_000
const LIVE_MS = 3_500 // three beats missed
const FORGOTTEN_MS = 60_000 // a dead worker is shown for a minute

/** The workers of a service that are alive as far as can be told, by id. */
export async function liveWorkers(redis: Redis, service: Service, now: number): Promise<Map<string, Beat>> {
  const beats = await allWorkers(redis, service)
  return new Map([...beats].filter(([, beat]) => isLive(beat, now)))
}

/** Every worker of a service that has been seen lately, dead ones too. */
export async function allWorkers(redis: Redis, service: Service): Promise<Map<string, Beat>> {
  const fields = await redis.hgetall(workersKey(service))
  return new Map(Object.entries(fields).map(([id, text]) => [id, JSON.parse(text)]))
}

/**
 * True when the worker has beaten lately and, if it runs on this host, its process is still there: that tells of a
 * `kill -9` at once, beats only after seconds.
 */
export function isLive(beat: Beat, now: number): boolean {
  return now - beat.at < LIVE_MS && (beat.host !== hostname() || isRunning(beat.pid))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // there, but somebody else's
  }
}

/** Writes one beat. */
export async function beat(redis: Redis, service: Service, id: string, state: Beat): Promise<void> {
  await redis.hset(workersKey(service), id, JSON.stringify(state))
}

/** Takes a worker that ends in good order out of the hash. */
export async function leave(redis: Redis, service: Service, id: string): Promise<void> {
  await redis.hdel(workersKey(service), id)
}

/** Drops workers that have been dead for a minute, so that the hash does not grow with every crash. */
export async function forgetDead(redis: Redis, service: Service, now: number): Promise<void> {
  const beats = await allWorkers(redis, service)
  const gone = [...beats].filter(([, { at }]) => now - at > FORGOTTEN_MS).map(([id]) => id)
  if (gone.length > 0) await redis.hdel(workersKey(service), ...gone)
}
