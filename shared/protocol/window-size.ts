import type { Queue } from '../routes.ts'
import { wholeOf } from '../shards.ts'

/** How much of what waits for a receiver is in its list, mostly, or in each shard of it; the rest waits on disk, in order. */
export const WINDOW = 20_000

/** Where one element is some hundred kilobytes, so that Redis has room for the others. */
const smaller: Partial<Record<Queue, number>> = { logs: 64 }

/** How much of what waits for this list's receiver is in it. */
export function windowSize(queue: Queue): number {
  return smaller[wholeOf(queue)] ?? WINDOW
}
