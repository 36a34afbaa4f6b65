import { z } from 'zod'
import { services } from '../../../shared/routes.ts'

const ms = z.int()
const service = z.enum(services)

/** What a message waits for that has not been handled. The page of an order reads these types, too. */
const waits = z.object({
  is: z
    .enum(['queued', 'paused', 'unmanned', 'working', 'retrying', 'stored'])
    .describe(
      'In its queue; the same while the receiver is paused; the same without a worker; in hand; between two attempts; on disk while Redis is away',
    ),
  sinceMs: ms.describe('For how long'),
  attempt: z.int().nullable().describe('The attempt that failed last; null where none has'),
  nextInMs: ms.nullable().describe('Until the next attempt; null where none is due'),
  isOutage: z.boolean().describe('Whether the world outside did not answer'),
})

const failure = z.object({ beganAt: ms, failedAt: ms })

/** One event on its way to one of those who hear it. Times in ms since the epoch. */
const hop = z.object({
  messageId: z.string(),
  event: z.string(),
  from: service,
  to: service,
  sentAt: ms,
  beganAt: ms
    .nullable()
    .describe('When it was taken in hand for the last time; null where the log does not tell (yet)'),
  doneAt: ms.nullable(),
  outcome: z.enum(['done', 'dead']).nullable(),
  failures: z.array(failure),
  copiesAt: z.array(ms).describe('When it came once more, and took no effect'),
  waits: waits.nullable(),
})

/** How an order travelled: every message about it, to every service that hears it. */
export const traceAnswer = z.object({
  at: ms.describe('The time of the shop'),
  services: z.array(service).describe('Who hears or tells of this order, in the order in which people meet them'),
  hops: z.array(hop).describe('In the order in which they were sent'),
  isLogHere: z.boolean().describe('Whether the log answered, which alone tells of waits, attempts and copies'),
  silent: z.array(service).describe('Services that could not be asked'),
})

export type Trace = z.infer<typeof traceAnswer>
export type Hop = z.infer<typeof hop>
export type Waits = z.infer<typeof waits>
