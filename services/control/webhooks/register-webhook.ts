import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { shopEvents } from '../../../shared/shop-events.ts'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { readKey } from '../../../shared/web/idempotency-key.ts'
import { headers, webhook } from './webhook.ts'

const body = z.object({
  url: z.string().max(2_048).describe('https:// and an address on the internet, unless WEBHOOK_NETWORKS says more'),
  events: z.array(z.enum(shopEvents)).max(100).default([]).describe('Of which it is to be told; none: of all'),
})

const answer = webhook.extend({ secret: z.string().describe('Signs what is sent; told here, and never again') })

/** `POST /api/admin/webhooks`: from now on an address outside is told of events. */
export function registerWebhook(ask: Ask): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/webhooks',
    what: 'Register a webhook',
    isAdmin: true,
    headers,
    body,
    answer: { status: 201, what: 'It is told of what happens from now on', schema: answer },
    problems: [409, 410],
    serve: async (req, res) => {
      const wanted = parseBody(body, req.body)
      const key = readKey(req.get('idempotency-key'), wanted) ?? { key: uuidv7(), fingerprint: '' }
      const reply = await ask('webhooks', '/ops/webhooks', { ...key, ...wanted })
      if (reply === null) throw unreachable('webhooks')
      if (reply.status !== 201) throw passedOn('webhooks', reply)
      res.status(201).json(answer.parse(reply.body))
    },
  }
}
