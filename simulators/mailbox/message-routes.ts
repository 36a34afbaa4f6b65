import { z } from 'zod'
import { type Express, Problem } from '../../shared/web/http.ts'
import { openMail, summaryOf } from './mail.ts'
import type { Mailbox } from './mailbox.ts'

const DEFAULT_LIMIT = 50
const MAX_LIMIT = 1_000

const query = z.object({
  orderNumber: z.string().optional(),
  before: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
})

/**
 * Adds `GET /messages?orderNumber=&limit=&before=` ({ messages, total, next? }, newest first, `before=<next>` is
 * the next page), `GET /messages/:id` (text, html, headers and raw too) and `DELETE /messages` (204).
 */
export function mountMessages(app: Express, mailbox: Mailbox): void {
  app.get('/messages', async (req, res) => {
    const wanted = query.safeParse(req.query)
    if (!wanted.success) throw new Problem(400, 'Invalid query', z.prettifyError(wanted.error))
    const { mails, ...page } = await mailbox.list(wanted.data)
    res.json({ messages: mails.map(summaryOf), ...page })
  })
  app.get('/messages/:id', async (req, res) => {
    const mail = await mailbox.find(req.params.id)
    if (!mail) throw new Problem(404, 'Not found', `There is no mail ${req.params.id}.`)
    res.json(await openMail(mail))
  })
  app.delete('/messages', async (_req, res) => {
    await mailbox.clear()
    res.status(204).end()
  })
}
