import { statusKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'

/**
 * What a receiver says of a message in its status hash. `done` and `dead` are final, said only after the
 * commit. `due` is when a retry may be pushed (ms). `processing` is for people, and tells who has had it in hand
 * since when (ms), should that worker die or forget it.
 */
export type Status =
  | { state: 'done' | 'dead' }
  | { state: 'processing'; worker: string; since: number }
  | { state: 'retrying'; attempt: number; due: number }

export type Outcome = 'done' | 'dead'

/** Reads one field of the hash; anything it does not know is as good as no word. */
export function parseStatus(field: string | null): Status | null {
  if (field === null) return null
  const [state, first = '', second = ''] = field.split(':')
  if (state === 'done' || state === 'dead') return { state }
  if (state === 'processing') return { state, worker: first, since: Number(second) }
  if (state === 'retrying') return { state, attempt: Number(first), due: Number(second) }
  return null
}

export const processing = (worker: string, sinceMs: number) => `processing:${worker}:${sinceMs}`
export const retrying = (attempt: number, dueMs: number) => `retrying:${attempt}:${dueMs}`

/** Writes `[id, field]` pairs in one command. */
export async function sayStatus(redis: Redis, service: Service, pairs: [string, string][]): Promise<void> {
  if (pairs.length > 0) await redis.hset(statusKey(service), ...pairs.flat())
}
