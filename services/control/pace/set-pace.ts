import { z } from 'zod'
import { serviceOf } from '../../../shared/routes.ts'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { readKey } from '../../../shared/web/idempotency-key.ts'
import { answerOf, listed, pace, paceAnswer } from './pace.ts'

const PER_SECOND_MAX = 100_000

const body = z.object({
  service: listed.describe('payment; notification for its mails, notification:aside for its SMS'),
  perSecond: z
    .number()
    .min(0.01)
    .max(PER_SECOND_MAX)
    .nullable()
    .describe('Calls a second, by all its workers; null: what its environment says'),
})

const headers = z.object({
  'Idempotency-Key': z.string().max(255).optional().describe('Allowed as everywhere; by nature it counts once.'),
})

/** `POST /api/admin/pace`: from now on the world outside is asked so fast, without a restart, and after one. */
export function setPace(ask: Ask): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/pace',
    what: 'Set how fast the world outside is asked',
    isAdmin: true,
    headers,
    body,
    answer: { status: 200, what: 'Each process of the service keeps it within a second', schema: paceAnswer },
    problems: [404],
    serve: async (req, res) => {
      const wanted = parseBody(body, req.body)
      readKey(req.get('idempotency-key'), wanted)
      const service = serviceOf(wanted.service)
      const reply = await ask(service, '/ops/pace', { list: wanted.service, perSecond: wanted.perSecond })
      if (reply === null) throw unreachable(service)
      if (reply.status !== 200) throw passedOn(service, reply)
      res.json(answerOf(pace.parse(reply.body)))
    },
  }
}
