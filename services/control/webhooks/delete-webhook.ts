import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { readKey } from '../../../shared/web/idempotency-key.ts'
import { headers, webhookIdIn } from './webhook.ts'

/** `DELETE /api/admin/webhooks/:id`: it is told of nothing any more, and what was on its way is dropped. By nature it counts once. */
export function deleteWebhook(ask: Ask): Endpoint {
  return {
    method: 'delete',
    path: '/api/admin/webhooks/:id',
    what: 'Delete a webhook',
    isAdmin: true,
    headers,
    answer: { status: 204, what: 'It is gone, and so is its secret' },
    problems: [404],
    serve: async (req, res) => {
      readKey(req.get('idempotency-key'), null)
      const reply = await ask('webhooks', `/ops/webhooks/${webhookIdIn(req)}/delete`, {})
      if (reply === null) throw unreachable('webhooks')
      if (reply.status !== 200) throw passedOn('webhooks', reply)
      res.status(204).end()
    },
  }
}
