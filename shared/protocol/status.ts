import { statusKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import { setFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'

/**
 * What a receiver says of a message in its status hash. `done` and `dead` are final, said only after the
 * commit. `processing` tells who has it in hand, should that worker die or forget it; since when (ms) is for people.
 * `retrying` waits `delayMs` in that worker's memory, `requeued` has been pushed again under `stamp`. No time here is
 * compared with a clock of ours: another host's, or our own after a step, would say something else.
 */
export type Status =
  | { state: 'done' | 'dead' }
  | { state: 'processing'; worker: string; since: number }
  | { state: 'retrying'; attempt: number; delayMs: number }
  | { state: 'requeued'; attempt: number; stamp: number }

export type Outcome = 'done' | 'dead'

const DELAY_MAX_MS = 24 * 3_600_000 // longer is what a version before wrote: a time, not a delay

/** Reads one field of the hash; anything it does not know is as good as no word. */
export function parseStatus(field: string | null): Status | null {
  if (field === null) return null
  const [state, first = '', second = ''] = field.split(':')
  const number = Number(second)
  if (state === 'done' || state === 'dead') return { state }
  if (state === 'processing') return { state, worker: first, since: number }
  if (state === 'retrying' && number <= DELAY_MAX_MS) return { state, attempt: Number(first), delayMs: number }
  if (state === 'requeued' && Number.isSafeInteger(number)) return { state, attempt: Number(first), stamp: number }
  return null
}

export const processing = (worker: string, sinceMs: number) => `processing:${worker}:${sinceMs}`
export const retrying = (attempt: number, delayMs: number) => `retrying:${attempt}:${delayMs}`
export const requeued = (attempt: number, stamp: number) => `requeued:${attempt}:${stamp}`

/** What is said of a message that was popped from a list: there its sender looks for it. */
export type Word<Field = string> = [list: Queue, id: string, field: Field]

/** Writes these words. */
export async function sayStatus(redis: Redis, words: Word[]): Promise<void> {
  const byList = new Map<Queue, [string, string][]>(words.map(([list]) => [list, []]))
  for (const [list, ...pair] of words) byList.get(list)?.push(pair)
  await Promise.all([...byList].map(([list, pairs]) => setFields(redis, statusKey(list), pairs)))
}
