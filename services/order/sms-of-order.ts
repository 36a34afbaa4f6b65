import { z } from 'zod'
import type { Ask } from '../../shared/web/ask-service.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Client } from './db.ts'
import { type SentSms, sentSms } from './letters-answer.ts'
import { noSuchOrder } from './show-order.ts'
import { knownOrders } from './timeline.ts'

const ofOrder = z.object({ sms: z.array(sentSms).nullable().describe('Null while nobody can tell') })
const told = z.object({ sms: z.array(sentSms.extend({ at: z.number() })) })

/** `GET /api/orders/:id/sms`: what was sent to the phone of its account, oldest first. */
export function smsOfOrder(read: Client, ask: Ask): Endpoint {
  return {
    method: 'get',
    path: '/api/orders/:id/sms',
    what: 'Show the SMS about an order',
    isOfOrder: true,
    answer: { status: 200, what: 'The SMS, oldest first', schema: ofOrder },
    problems: [],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      if (!(await knownOrders(read, [orderId])).has(orderId)) throw noSuchOrder()
      res.json({ sms: await smsAbout(ask, orderId) } satisfies z.infer<typeof ofOrder>)
    },
  }
}

async function smsAbout(ask: Ask, subject: string): Promise<SentSms[] | null> {
  const reply = await ask('notification', `/ops/sms?${new URLSearchParams({ subject })}`)
  const answer = told.safeParse(reply?.body).data
  return answer?.sms.map(({ at, ...one }) => ({ ...one, at: new Date(at).toISOString() })) ?? null
}
