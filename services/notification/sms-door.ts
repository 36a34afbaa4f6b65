import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { isSame } from '../../shared/is-same.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { clientOf } from '../../shared/web/client-address.ts'
import { type Express, Problem, type Request, type Response } from '../../shared/web/http.ts'
import { createRateLimit } from '../../shared/web/rate-limit.ts'
import { readBytes } from '../../shared/web/read-body.ts'
import type { Client } from './db.ts'
import { noteReplies, noteStatuses, type Reply, type Status } from './hear-gateway.ts'

/** `base`: below what the gateway finds us; its signatures are over the whole address. */
type Deps = { publish: Publish<Client>; token: string | undefined; base: string; log: Logger }

/** Counted by client: what is signed is never limited. */
const UNSIGNED = {
  name: 'unsigned-sms-webhooks',
  quota: 60,
  windowS: 60,
  refusal: 'There were too many unsigned webhooks.',
}

const SENDER_MAX = 64 // characters; a message is about nothing that has a longer name

const status = z.object({
  MessageSid: z.string().min(1),
  MessageStatus: z.string().min(1),
  ErrorCode: z.coerce.number().int().optional(),
})
const reply = z.object({
  MessageSid: z.string().min(1),
  From: z.string().min(1).max(SENDER_MAX),
  Body: z.string().default(''),
  OptOutType: z.string().optional(),
})

/** `POST /webhooks/sms/status` and `/inbound`: notes what the SMS gateway tells, and answers when that is on disk. */
export function mountSmsDoor(app: Express, deps: Deps): void {
  const note = groupCommit<Client, Status, null>(deps.publish, noteStatuses, 'beside')
  const hear = groupCommit<Client, Reply, null>(deps.publish, noteReplies, 'beside')
  const read = createReader(deps)
  app.post('/webhooks/sms/status', async (req, res) => {
    const { MessageSid: sid, MessageStatus, ErrorCode: code = null } = understood(status, await read(req, res))
    const eventId = typeof req.query.sms === 'string' ? req.query.sms : null
    await note({ sid, status: MessageStatus, code, eventId })
    res.status(204).end()
  })
  app.post('/webhooks/sms/inbound', async (req, res) => {
    const {
      MessageSid: sid,
      From: phone,
      Body: body,
      OptOutType: optOut = null,
    } = understood(reply, await read(req, res))
    await hear({ sid, phone, body, optOut })
    res.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>') // TwiML: nothing is answered
  })
}

/** Reads a form that the gateway has signed. Rejects with a 403 where it has not. */
function createReader({ token, base, log }: Deps): (req: Request, res: Response) => Promise<URLSearchParams> {
  const unsigned = createRateLimit(UNSIGNED)
  return async (req, res) => {
    if (token === undefined)
      throw new Problem(503, 'Service unavailable', 'SMS_TOKEN is not set: nobody can tell who signed this.')
    const form = new URLSearchParams((await readBytes(req, res)).toString())
    const url = base + req.originalUrl.slice('/webhooks/sms'.length)
    if (isSame(req.get('x-twilio-signature') ?? '', signatureOf(url, form, token))) return form
    await unsigned.take(clientOf(req))
    log.warn('sms.webhook.refused')
    throw new Problem(403, 'Forbidden', 'The webhook is not signed by the SMS gateway.')
  }
}

/** Source: https://www.twilio.com/docs/usage/security#validating-requests */
function signatureOf(url: string, form: URLSearchParams, token: string): string {
  const sorted = [...form].toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
  const text = sorted.reduce((all, [name, value]) => all + name + value, url)
  return createHmac('sha1', token).update(text).digest('base64')
}

function understood<T>(schema: z.ZodType<T>, form: URLSearchParams): T {
  const parsed = schema.safeParse(Object.fromEntries(form))
  if (parsed.success) return parsed.data
  throw new Problem(400, 'Bad request', 'The webhook is signed, and is not what we expect here.')
}
