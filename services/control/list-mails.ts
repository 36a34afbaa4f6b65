import { z } from 'zod'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody } from '../../shared/web/http.ts'
import type { Mailbox } from '../../shared/web/mailbox.ts'
import { unavailable } from '../../shared/web/problem.ts'

const query = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) })

const listed = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  to: z.array(z.string()),
  subject: z.string(),
  orderNumber: z.string().nullable(),
})

const answer = z.object({ mails: z.array(listed), total: z.int() })

/** `GET /api/admin/mails`: what was written lately, to anyone. */
export function listMails(mailbox: Mailbox): Endpoint {
  return {
    method: 'get',
    path: '/api/admin/mails',
    what: 'List the newest mails (only with the demo’s mailbox)',
    isAdmin: true,
    query,
    answer: { status: 200, what: 'The mails, newest first', schema: answer },
    problems: [],
    serve: async (req, res) => {
      const { limit } = parseBody(query, req.query)
      const { messages, total } = await mailbox.list(limit).catch(away)
      const mails = messages.map(({ id, at, to, subject, orderNumber = null }) => ({
        id,
        at: iso(at),
        to,
        subject,
        orderNumber,
      }))
      res.json({ mails, total } satisfies z.infer<typeof answer>)
    },
  }
}

const iso = (ms: number) => new Date(ms).toISOString()

function away(): never {
  throw unavailable('The mailbox is away. Mails are sent when it is back.')
}
