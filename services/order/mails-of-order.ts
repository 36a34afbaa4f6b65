import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import type { Mail, Mailbox } from '../../shared/web/mailbox.ts'
import { unavailable } from '../../shared/web/problem.ts'
import type { Client } from './db.ts'
import { type SentMail, sentMail } from './letters-answer.ts'
import { noSuchOrder } from './show-order.ts'
import { knownOrders } from './timeline.ts'

const OF_ORDER_MAX = 20
const RAW_MAX = 64 * 1024 // characters; ours have a tenth of that

const ofOrder = z.object({ mails: z.array(sentMail) })

/** `GET /api/orders/:id/mails`: what was written to the customer, oldest first. Only where mails stay here. */
export function mailsOfOrder(read: Client, mailbox: Mailbox): Endpoint {
  return {
    method: 'get',
    path: '/api/orders/:id/mails',
    what: 'Show the mails about an order (only with the demo’s mailbox)',
    isOfOrder: true,
    answer: { status: 200, what: 'The mails, oldest first', schema: ofOrder },
    problems: [],
    serve: async (req, res) => {
      const orderId = String(req.params.id)
      const order = (await knownOrders(read, [orderId])).get(orderId)
      if (order === undefined) throw noSuchOrder()
      const { messages } = await mailbox.list(OF_ORDER_MAX, order.number).catch(away)
      const found = await Promise.all(messages.map(({ id }) => mailbox.read(id))).catch(away)
      const mails = found.filter((mail) => mail !== null) // the mailbox may just have been emptied
      res.json({ mails: mails.sort((a, b) => a.at - b.at).map(shown) } satisfies z.infer<typeof ofOrder>)
    },
  }
}

function shown({ id, at, to, subject, text, html, raw }: Mail): SentMail {
  return { id, at: new Date(at).toISOString(), to, subject, text, html, raw: raw.slice(0, RAW_MAX) }
}

function away(): never {
  throw unavailable('The mailbox is away. Mails are sent when it is back.')
}
