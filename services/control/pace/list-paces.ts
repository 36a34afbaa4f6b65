import { z } from 'zod'
import { type Service, services } from '../../../shared/routes.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { answerOf, pace, paceAnswer } from './pace.ts'

const told = z.object({ paces: z.array(pace) })

const answer = z.object({
  paces: z.array(paceAnswer),
  unreachable: z.array(z.enum(services)).describe('Services that could not be asked'),
})

/** `GET /api/admin/pace`: how fast the world outside is asked. */
export function listPaces(ask: Ask): Endpoint {
  const askOne = async (service: Service) => {
    const reply = await ask(service, '/ops/pace')
    return { service, paces: told.safeParse(reply?.body).data?.paces ?? null }
  }
  return {
    method: 'get',
    path: '/api/admin/pace',
    what: 'Show how fast the world outside is asked',
    isAdmin: true,
    answer: { status: 200, what: 'The pace of each way out', schema: answer },
    problems: [],
    serve: async (_req, res) => {
      const asked = await Promise.all(services.map(askOne))
      const paces = asked.flatMap(({ paces }) => paces ?? []).map(answerOf)
      const unreachable = asked.filter(({ paces }) => paces === null).map(({ service }) => service)
      res.json({ paces, unreachable } satisfies z.infer<typeof answer>)
    },
  }
}
