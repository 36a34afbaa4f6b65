import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { fromRedis } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import type { Letters } from './letters.ts'
import { readQueue } from './queue-state.ts'

const worker = z.object({
  id: z.string(),
  isLive: z.boolean(),
  beatAgeMs: z.int(),
  upMs: z.int(),
  handled: z.int(),
  retried: z.int(),
  buried: z.int(),
  inFlight: z.int(),
})

const queue = z.object({
  service: z.enum(services),
  waiting: z.int().describe('Messages in the list'),
  oldestAgeMs: z.int().nullable().describe('Since the message popped next was pushed'),
  inFlight: z.int().describe('Popped, and being worked on'),
  retrying: z.int().describe('Failed, and due again later'),
  isCountCapped: z.boolean().describe('True when inFlight and retrying are lower bounds'),
  pausedAt: z.iso.datetime().nullable().describe('Since when its workers pop nothing; null while they do'),
  trouble: z.string().nullable().describe('Why nothing of this is known, if Redis refuses to tell; null else'),
  dead: z.int().nullable().describe('Dead letters the service keeps; null while it cannot be asked'),
  workers: z.array(worker),
})

const answer = z.object({ queues: z.array(queue) })

type Deps = { redis: Redis; letters: Letters }

/** `GET /api/admin/queues`: what waits, what is in hand, what has been given up, and who is at work. */
export function listQueues({ redis, letters }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/queues',
    what: 'Show every queue and its workers',
    isAdmin: true,
    answer: { status: 200, what: 'The queues, one per service', schema: answer },
    problems: [],
    serve: async (_req, res) => {
      const state = (service: Service) => readQueue(redis, service)
      const states = await fromRedis(Promise.all(services.map(state)))
      const kept = await Promise.all(services.map((service) => letters.read(service, 0)))
      const queues = services.flatMap((service, i) => {
        const found = states[i]
        return found === undefined
          ? []
          : [{ service, ...found, pausedAt: isoOf(found.pausedAt), dead: kept[i]?.total ?? null }]
      })
      res.json({ queues } satisfies z.infer<typeof answer>)
    },
  }
}

const isoOf = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())
