import { z } from 'zod'
import { upcast, versionOf } from '../event-versions.ts'
import { events, type Message, Unfixable } from '../events.ts'
import { type EventName, isEventName } from '../routes.ts'

/** A list element beyond this is not parsed. */
export const MAX_CHARACTERS = 256 * 1024

// A time beyond this is none: https://tc39.es/ecma262/#sec-time-values-and-time-range
const time = z.number().min(0).max(8.64e15)

const count = z.int().min(1).max(1_000_000)

/** What a list element is, but for the data of its event; `v` is the version of those, absent where it is 1. */
export const envelope = z.object({
  id: z.string().min(1).max(64),
  stamp: time,
  name: z.string(),
  v: z.int().min(1).max(1_000).optional(),
  subject: z.string().min(1).max(64),
  at: time,
  sentAt: time.optional(),
  attempt: count,
  failed: count.optional(),
  deferred: count.optional(),
  solo: z.boolean().optional(),
  traceparent: z.string().max(64).optional(),
  data: z.unknown(),
})

/** What all copies of a message have in common. */
const content = envelope.pick({ name: true, v: true, subject: true, at: true, traceparent: true, data: true })

/** What a message says, however often and under which id it is pushed. */
export type Content = z.infer<typeof content>

/** All of a message but its payload. */
export type Head = Omit<z.infer<typeof envelope>, 'data'>

/** Writes a message as one list element. `data` is JSON already. The id comes first, then the stamp: see below. */
export function writeEnvelope(head: Head, data: string): string {
  const { id, stamp, name, subject, at, sentAt, attempt, failed, deferred, solo, traceparent } = head
  const v = head.v === 1 ? undefined : head.v
  const about = { id, stamp, name, v, subject, at, sentAt, attempt, failed, deferred, solo, traceparent }
  const text = JSON.stringify(about)
  return `${text.slice(0, -1)},"data":${data}}`
}

const BEGINNING = /^\{"id":"([\w-]{1,64})"(?:,"stamp":(\d{1,15})[,}])?/

/** When a list element was pushed (ms since the epoch), without parsing it; null for what we have not written. */
export function peekStamp(element: string): number | null {
  const stamp = BEGINNING.exec(element)?.[2]
  return stamp === undefined ? null : Number(stamp)
}

/** The id of a list element whose content is wrong; a best effort, for nothing else of it can be trusted. */
export function peekId(element: string): string | null {
  return BEGINNING.exec(element)?.[1] ?? null
}

/** Parses what a message says, however often and under which id it was pushed. Throws when it is not one. */
export function parseContent(body: string): Content {
  return content.parse(current(parseJson(body)))
}

/**
 * Parses one list element into a message whose data are in the newest version, or as they came where that is a newer one.
 * Throws `Unfixable` with a reason a person can act on.
 */
export function parseMessage(raw: string): Message {
  if (raw.length > MAX_CHARACTERS) throw new Unfixable(`too large: ${raw.length} characters`)
  const parsed = envelope.safeParse(current(parseJson(raw)))
  if (!parsed.success) throw new Unfixable(`not a message: ${describe(parsed.error)}`)
  const { name, data, v = 1 } = parsed.data
  if (!isEventName(name)) throw new Unfixable(`unknown event: ${name.slice(0, 80)}`)
  const known = versionOf(name)
  const payload =
    v > known ? anything.safeParse(data) : events[name].safeParse(v < known ? newest(name, data, v) : data)
  if (!payload.success) throw new Unfixable(`invalid ${name}: ${describe(payload.error)}`)
  return { ...parsed.data, v: Math.max(v, known) === 1 ? undefined : Math.max(v, known), data: payload.data } as Message
}

const anything = z.looseObject({})

function newest(name: EventName, data: unknown, v: number): unknown {
  try {
    return upcast(name, data, v)
  } catch (cause) {
    throw new Unfixable(`invalid ${name}: it cannot be read as its version ${v}`, { cause })
  }
}

/** Envelopes tell by their looks which version they are of: each of these leaves alone what it does not know. */
export const envelopeUpcasts = [subjectForOrderId]

const current = (parsed: unknown) => envelopeUpcasts.reduce((said, next) => next(said), parsed)

/** Before there were events about anything else, the subject was called `orderId`. */
function subjectForOrderId(parsed: unknown): unknown {
  if (typeof parsed !== 'object' || parsed === null || !('orderId' in parsed) || 'subject' in parsed) return parsed
  const { orderId, ...others } = parsed
  return { ...others, subject: orderId }
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw)
  } catch (cause) {
    throw new Unfixable('malformed JSON', { cause })
  }
}

function describe(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'message'}: ${issue.message}`)
    .join('; ')
}
