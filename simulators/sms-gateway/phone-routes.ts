import express from 'express'
import { z } from 'zod'
import type { Logger } from '../../shared/logger.ts'
import { type Express, Problem, type Request, type Response } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'
import type { Book, Sms } from './book.ts'
import type { Reply } from './line.ts'
import { statusOf } from './message-object.ts'
import { newSid } from './new-sid.ts'
import { showPhone, showPhones } from './phones-page.ts'
import type { Webhooks } from './webhooks.ts'

/** `inbound`: where replies go; else nobody is told. */
type Deps = { book: Book; webhooks: Webhooks; inbound: string | undefined; log: Logger }

const answer = z.object({ body: z.string().max(1_600).default(''), word: z.string().max(20).optional() })
const query = z.object({ to: z.string().optional(), limit: z.coerce.number().int().min(1).max(1_000).default(50) })

/**
 * Adds the phones: `/phones` and `/phones/:number` for people, `GET /messages?to=&limit=` ({ messages, total }, newest first),
 * `DELETE /messages`, and `POST /_phones/:number/reply {body}`, by which a phone answers.
 */
export function mountPhones(app: Express, deps: Deps): void {
  const { book } = deps
  app.get('/phones', (req, res) => showPhones(req, res, book))
  app.get('/phones/:number', (req, res) => showPhone(req, res, book))
  app.post('/_phones/:number/reply', readEither, (req, res) => takeReply(req, res, deps))
  app.get('/messages', (req, res) => {
    const wanted = query.safeParse(req.query)
    if (!wanted.success) throw new Problem(400, 'Invalid query', z.prettifyError(wanted.error))
    const found = book.list(wanted.data.to)
    res.json({ messages: found.slice(-wanted.data.limit).toReversed().map(shown), total: found.length })
  })
  app.delete('/messages', async (_req, res) => {
    await book.clear()
    res.status(204).end()
  })
}

async function takeReply(req: Request, res: Response, { book, webhooks, inbound, log }: Deps): Promise<void> {
  const read = answer.safeParse(req.body ?? {})
  const body = read.data?.word ?? read.data?.body
  if (body === undefined || body === '')
    throw new Problem(400, 'Invalid answer', 'An answer has a body of 1 to 1600 characters.')
  const from = String(req.params.number)
  const to = ourNumber(book, from)
  if (to === null) throw new Problem(404, 'Not found', `Nobody has written to ${from} yet.`)
  const reply: Reply = { kind: 'reply', sid: newSid(), at: Date.now(), from, to, body }
  await book.write(reply)
  log.info({ sid: reply.sid, from }, 'sms.received')
  if (inbound !== undefined) webhooks.tellReply(inbound, reply)
  if (req.is('application/x-www-form-urlencoded')) res.redirect(303, `/phones/${encodeURIComponent(from)}`)
  else res.status(201).json({ sid: reply.sid })
}

/** A phone answers whoever wrote to it last. */
function ourNumber(book: Book, phone: string): string | null {
  return book.list(phone).findLast(({ was }) => was.kind === 'taken')?.was.from ?? null
}

function shown(sms: Sms): object {
  const { sid, at, from, to, body } = sms.was
  return { sid, at, from, to, body, status: statusOf(sms), code: sms.now?.code ?? null }
}

const readForm = express.urlencoded({ limit: '16kb', extended: false })

/** From the page a form, from programs JSON. */
function readEither(req: Request, res: Response, next: (error?: unknown) => void): void {
  if (req.is('application/x-www-form-urlencoded')) readForm(req, res, next)
  else readJson(req, res, next)
}
