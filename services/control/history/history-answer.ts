import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const count = z.int().nullable()

const moment = z.object({
  t: z.int().describe('When, in seconds since the epoch'),
  waiting: count.describe('Messages in its lists; null, like all else, where nobody could tell'),
  inFlight: count,
  handledPerS: z.number().nullable().describe('Since the moment before'),
  retried: count.describe('Attempts that failed since the moment before'),
  dead: count.describe('Dead letters that its service keeps'),
})

/** How one queue went over the last hour, the oldest moment first. */
export const historyAnswer = z.object({ service: z.enum(services), stepMs: z.int(), moments: z.array(moment) })

export type Moment = z.infer<typeof moment>
export type QueueHistory = z.infer<typeof historyAnswer>
