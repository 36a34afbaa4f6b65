import { z } from 'zod'
import type { Book, Outgoing } from './book.ts'
import { newSid } from './new-sid.ts'
import { refusalFrom, refusalTo } from './numbers.ts'
import { badRequest, type Refusal } from './refusal.ts'

const form = z.looseObject({
  To: z.string().default(''),
  From: z.string().default(''),
  Body: z.string().default(''),
  StatusCallback: z.string().optional(),
})

type Form = z.infer<typeof form>

const MAX_CHARS = 1_600

/** Takes an SMS: it is on disk when this resolves. Or says why not, and nothing has happened. */
export async function takeSms(fields: unknown, book: Book): Promise<Outgoing | { refusal: Refusal }> {
  const parsed = form.safeParse(fields ?? {})
  if (!parsed.success) return { refusal: badRequest(20_001, 'Each parameter may be there once.') }
  const refusal = refusalOf(parsed.data, book)
  if (refusal !== null) return { refusal }
  const { To: to, From: from, Body: body, StatusCallback: callback } = parsed.data
  const was = { kind: 'taken', sid: newSid(), at: Date.now(), to, from, body, ...(callback && { callback }) } as const
  await book.write(was)
  return { was, now: null }
}

function refusalOf({ To: to, From: from, Body: body, StatusCallback: callback }: Form, book: Book): Refusal | null {
  if (to === '') return badRequest(21_604, "A 'To' phone number is required.")
  if (from === '') return badRequest(21_603, "A 'From' phone number is required.")
  if (body === '') return badRequest(21_602, 'Message body is required.')
  if (body.length > MAX_CHARS)
    return badRequest(21_617, 'The concatenated message body exceeds the 1600 character limit.')
  if (callback !== undefined && !URL.canParse(callback))
    return badRequest(21_609, `The 'StatusCallback' URL ${callback} is not a valid URL.`)
  return refusalFrom(from) ?? refusalTo(to, book.isStopped(to))
}
