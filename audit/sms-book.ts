import { existsSync } from 'node:fs'
import { z } from 'zod'
import { jsonLines } from './json-lines.ts'

const line = z.object({
  kind: z.string(),
  sid: z.string(),
  to: z.string().default(''),
  from: z.string().default(''),
  body: z.string().default(''),
  status: z.string().default(''),
})

/** An SMS that the gateway has taken; whether whoever sent it has heard so, and what became of it last. */
export type Sms = { sid: string; to: string; body: string; isAnswered: boolean; status: string }

/** Of the tour's other side, who signs people up without a queue: what comes from it is none of the shop's. */
const TUTORIAL = '+15005550046'

/** What the gateway was asked to send, by its own ids, in order. */
export type SmsBook = Map<string, Sms>

/** Reads the SMS gateway's own file; a shop that has never sent one has none. */
export function readSmsBook(path: string): SmsBook {
  const book: SmsBook = new Map()
  if (!existsSync(path)) return book
  for (const { kind, sid, to, from, body, status } of jsonLines(path, line)) {
    const known = book.get(sid)
    if (kind === 'taken' && from !== TUTORIAL) book.set(sid, { sid, to, body, isAnswered: true, status: '' })
    if (kind === 'unanswered' && known !== undefined) known.isAnswered = false
    if (kind === 'status' && known !== undefined) known.status = status
  }
  return book
}
