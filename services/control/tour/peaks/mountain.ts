import { z } from 'zod'

const SECONDS_MAX = 60
const ORDERS_MAX = 600 // of one mountain: they are real, and stay in the books
const PER_SECOND_MAX = 100

/** A mountain of load: how many orders come in each second. */
export const mountain = z
  .array(z.int().min(0).max(PER_SECOND_MAX))
  .min(1)
  .max(SECONDS_MAX)
  .refine((seconds) => sizeOf(seconds) >= 1, { error: 'must have an order' })
  .refine((seconds) => sizeOf(seconds) <= ORDERS_MAX, { error: `must have at most ${ORDERS_MAX} orders` })
  .describe('How many orders come in each second')

/** How many orders there are in all. */
export const sizeOf = (seconds: readonly number[]): number => seconds.reduce((sum, count) => sum + count, 0)

/** When each of them is due (ms from the beginning): those of a second evenly over it. */
export function dueTimesOf(seconds: readonly number[]): number[] {
  return seconds.flatMap((count, second) => Array.from({ length: count }, (_, i) => (second + i / count) * 1_000))
}
