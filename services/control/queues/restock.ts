import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { type Ask, passedOn, unreachable } from '../../../shared/web/ask-service.ts'
import type { Endpoint } from '../../../shared/web/endpoint.ts'
import { parseBody } from '../../../shared/web/http.ts'
import { readKey } from '../../../shared/web/idempotency-key.ts'

const body = z.object({ sku: z.string().trim().min(1).max(64), quantity: z.int().min(1).max(1_000_000) })

const headers = z.object({
  'Idempotency-Key': z.string().max(255).optional().describe('Makes the delivery count once however often it is sent.'),
})

const answer = z.object({
  sku: z.string(),
  received: z.int().describe('Units that ever came in'),
  available: z.int().describe('Units free to sell'),
})

/** `POST /api/admin/restock`: goods came in; inventory puts them on the shelf. */
export function restock(ask: Ask): Endpoint {
  return {
    method: 'post',
    path: '/api/admin/restock',
    what: 'Put delivered goods in stock',
    isAdmin: true,
    headers,
    body,
    answer: { status: 200, what: 'What there is now', schema: answer },
    problems: [404],
    serve: async (req, res) => {
      const delivery = parseBody(body, req.body)
      const key = readKey(req.get('idempotency-key'), delivery)?.key ?? uuidv7()
      const reply = await ask('inventory', '/ops/restock', { key, ...delivery })
      if (reply === null) throw unreachable('inventory')
      if (reply.status !== 200) throw passedOn('inventory', reply)
      res.json(answer.parse(reply.body))
    },
  }
}
