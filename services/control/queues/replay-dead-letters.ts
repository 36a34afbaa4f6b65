import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import { unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody, type Request } from '../../../shared/web/http.ts'
import type { Letters } from './letters.ts'

type Deps = { letters: Letters; present: readonly Service[]; whoIs(req: Request): string }

const body = z
  .object({
    service: z.enum(services).optional().describe('Only what this service keeps; all services when not given'),
    ids: z.array(z.string()).max(1_000).optional().describe('Only these; all when not given'),
  })
  .default({})

const answer = z.object({
  replayed: z.int(),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

/** `POST /api/admin/dead-letters/replay`: sends what was given up once more. */
export function replayDeadLetters({ letters, present, whoIs }: Deps): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/dead-letters/replay',
    what: 'Replay dead letters',
    isAdmin: true,
    body,
    answer: { status: 200, what: 'How many were sent again', schema: answer },
    problems: [],
    serve: async (req, res) => {
      const { service, ids } = parseBody(body, req.body)
      const replay = async (one: Service) => ({ one, count: await letters.replay(one, ids, whoIs(req)) })
      const asked = await Promise.all((service === undefined ? present : [service]).map(replay))
      const silent = asked.filter(({ count }) => count === null).map(({ one }) => one)
      if (service !== undefined && silent.length > 0) throw unreachable(service)
      const replayed = asked.reduce((sum, { count }) => sum + (count ?? 0), 0)
      res.json({ replayed, unreachable: silent } satisfies z.infer<typeof answer>)
    },
  }
}
