import { z } from 'zod'

const iso = z.iso.datetime()

/** The way of an order that goes well, in its order. */
export const steps = ['placed', 'reserved', 'paid', 'mailed'] as const
/** Where it may leave that way, or come back to it. */
export const exits = ['rejected', 'declined', 'expired', 'cancelled', 'refunded'] as const

export type Step = (typeof steps)[number]
export type Exit = (typeof exits)[number]

const step = z.object({
  step: z.enum(steps),
  count: z.int().describe('Orders of this window that have come so far'),
  share: z.number().describe('Of those placed, 0 to 1'),
  p50Ms: z.int().nullable().describe('Since it was placed; of the newest 5,000 orders of the window'),
  p95Ms: z.int().nullable(),
})

/** How far the orders that were placed in a window have come since, by what the log tells. */
export const funnelAnswer = z.object({
  since: iso,
  until: iso,
  steps: z.array(step),
  exits: z.array(z.object({ exit: z.enum(exits), count: z.int(), share: z.number() })),
  perMinute: z
    .array(z.object({ at: iso, placed: z.int(), reserved: z.int(), paid: z.int(), mailed: z.int() }))
    .describe('By the minute in which they were placed; every minute of the window, the oldest first'),
})

export type FunnelAnswer = z.infer<typeof funnelAnswer>
