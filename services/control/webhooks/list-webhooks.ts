import { z } from 'zod'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { webhook } from './webhook.ts'

const standing = webhook.extend({
  waiting: z.int().describe('Events that are being sent and have had no answer yet'),
  failing: z.int().describe('Events that it has not taken so far: tried again for three days, then dead letters'),
  taken: z.int().describe('Events of the last 30 days that it has taken'),
  lastAnswer: z.string().nullable(),
})

const answer = z.object({ webhooks: z.array(standing) })

/** `GET /api/admin/webhooks`: who is told of events outside, and how that goes. */
export function listWebhooks(ask: Ask): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/webhooks',
    what: 'List the webhooks, and how they fare',
    isAdmin: true,
    answer: { status: 200, what: 'All of them, the oldest first', schema: answer },
    problems: [],
    serve: async (_req, res) => {
      const reply = await ask('webhooks', '/ops/webhooks')
      if (reply === null) throw unreachable('webhooks')
      if (reply.status !== 200) throw passedOn('webhooks', reply)
      res.json(answer.parse(reply.body))
    },
  }
}
