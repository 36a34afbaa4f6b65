import { z } from 'zod'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { readKey } from '../../../shared/web/idempotency-key.ts'
import { headers, webhookIdIn } from './webhook.ts'

const answer = z.object({ id: z.string() })

/** `POST /api/admin/webhooks/:id/resume`: what was paused goes on, with what has happened meanwhile. By nature it counts once. */
export function resumeWebhook(ask: Ask): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/webhooks/:id/resume',
    what: 'Let a paused webhook go on from where it was',
    isAdmin: true,
    headers,
    answer: { status: 200, what: 'It goes on', schema: answer },
    problems: [404],
    serve: async (req, res) => {
      readKey(req.get('idempotency-key'), null)
      const reply = await ask('webhooks', `/ops/webhooks/${webhookIdIn(req)}/resume`, {})
      if (reply === null) throw unreachable('webhooks')
      if (reply.status !== 200) throw passedOn('webhooks', reply)
      res.json(answer.parse(reply.body))
    },
  }
}
