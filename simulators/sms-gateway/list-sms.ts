import { z } from 'zod'
import type { Book, Sms } from './book.ts'
import { messageObject, sentAtOf } from './message-object.ts'
import { badRequest, type Refusal } from './refusal.ts'

const DAY_MS = 24 * 60 * 60_000

/** A day, or a second of it, in GMT. */
const date = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d:\d\dZ?)?$/)
  .transform((text) => ({ at: Date.parse(inUtc(text)), isDay: text.length === 10 }))

const inUtc = (text: string) => (text.length === 10 ? text : `${text.replace(' ', 'T').replace('Z', '')}Z`)

const query = z.object({
  To: z.string().optional(),
  From: z.string().optional(),
  DateSent: date.optional(),
  'DateSent>': date.optional(),
  'DateSent<': date.optional(),
  PageSize: z.coerce.number().int().min(1).max(1_000).default(50),
  Page: z.coerce.number().int().min(0).default(0),
})

/** What a request is shown. */
export type Shown = { body: object } | { refusal: Refusal }
type Query = z.infer<typeof query>

/** One page of the SMS that fit a query, newest first. What has not gone out yet has no `DateSent`, and fits none. */
export function listSms(account: string, fields: unknown, book: Book): Shown {
  const parsed = query.safeParse(fields)
  if (!parsed.success) return { refusal: badRequest(20_001, z.prettifyError(parsed.error)) }
  const wanted = parsed.data
  const { Page: page, PageSize: size } = wanted
  const phone = [wanted.To, wanted.From].find((number) => number !== undefined && book.list(number).length > 0) // ours is none
  const found = book.list(phone).filter((sms) => fits(sms, wanted))
  const first = page * size
  const shown = found.toReversed().slice(first, first + size)
  const uriOf = (number: number) => uriTo(account, fields, number)
  const body = {
    messages: shown.map((sms) => messageObject(account, sms)),
    ...{ page, page_size: size, start: first, end: Math.max(first + shown.length - 1, first) },
    ...{ uri: uriOf(page), first_page_uri: uriOf(0) },
    next_page_uri: first + size < found.length ? uriOf(page + 1) : null,
    previous_page_uri: page > 0 ? uriOf(page - 1) : null,
  }
  return { body }
}

function fits(sms: Sms, { To: to, From: from, DateSent: on, 'DateSent>': since, 'DateSent<': until }: Query): boolean {
  const { was } = sms
  if ((to !== undefined && was.to !== to) || (from !== undefined && was.from !== from)) return false
  if (on === undefined && since === undefined && until === undefined) return true
  const at = sentAtOf(sms)
  if (at === null) return false
  if (on !== undefined && (at < on.at || at >= on.at + DAY_MS)) return false
  return (since === undefined || at >= since.at) && (until === undefined || at <= until.at + (until.isDay ? DAY_MS : 0))
}

function uriTo(account: string, fields: unknown, page: number): string {
  const others = Object.entries(z.record(z.string(), z.string()).parse(fields)).filter(([name]) => name !== 'Page')
  const query = new URLSearchParams([...others, ['Page', String(page)]])
  return `/2010-04-01/Accounts/${account}/Messages.json?${query}`
}
