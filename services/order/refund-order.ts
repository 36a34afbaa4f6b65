import { z } from 'zod'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import { keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { invalid } from '../../shared/web/problem.ts'
import { askRefunds } from './ask-refunds.ts'
import type { Client } from './db.ts'
import { idOf } from './order-door.ts'
import { moneyHeaders } from './order-request.ts'
import { readAsked } from './refunds.ts'
import { noSuchOrder } from './show-order.ts'

const body = z.object({
  amountCents: z.int().min(1).optional().describe('All that is left, if it is not said'),
  reason: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Stands in the timeline, where the customer can read it'),
})

const answer = z.object({
  id: z.string().describe('What the refund is called until the gateway gives it a name'),
  amountCents: z.int(),
  currency: z.string(),
  leftCents: z.int().describe('What can still be refunded of the order, once this is'),
})

type Deps = { publish: Publish<Client>; read: Client; log: Logger }

/**
 * `POST /api/admin/orders/:id/refunds`: gives back what was paid, or a part. What is left is decided in the transaction
 * that asks for it, and what was asked for and has no answer yet counts as gone. A refund that has failed can be asked for again.
 */
export function refundOrder({ publish, read, log }: Deps): Endpoint {
  const refund = oneAtATime(groupCommit(publish, askRefunds))
  return {
    method: 'post',
    path: '/api/admin/orders/:id/refunds',
    what: 'Refund a paid order, or a part of it',
    isAdmin: true,
    headers: moneyHeaders,
    body,
    answer: { status: 202, what: 'The refund is on its way', schema: answer },
    problems: [404, 409],
    serve: async (req, res) => {
      const orderId = await idOf(read, String(req.params.id))
      const wanted = parseBody(body, req.body)
      const key = readKey(req.get('idempotency-key'), { refund: orderId, ...wanted })
      const verdict = await refund({ orderId, key, ...wanted })
      if (verdict.kind === 'unknown') throw noSuchOrder()
      if (verdict.kind === 'key taken') throw keyTaken()
      if (verdict.kind === 'refused') throw new Problem(409, 'Conflict', verdict.why)
      if (verdict.kind === 'too much') throw tooMuch(verdict.leftCents)
      const { kind, order } = verdict
      const asked = kind === 'asked' ? verdict.asked : await readAsked(read, orderId, verdict.asked)
      if (kind === 'asked') log.info({ subject: orderId, order: order.number, ...asked }, 'order.refundAsked')
      const { asked: id, cents: amountCents, leftCents } = asked
      res.status(202).json({ id, amountCents, currency: order.currency, leftCents } satisfies z.infer<typeof answer>)
    },
  }
}

function tooMuch(leftCents: number): Problem {
  return invalid([{ field: 'amountCents', message: `must be at most ${leftCents}, which is what is left` }])
}
