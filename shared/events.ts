import { z } from 'zod'
import { type EventName, isEventName } from './routes.ts'

/**
 * What each event carries: ids, integer cents and what its listeners need, never a database row.
 * Glossary: an *event* is a fact in the past tense; a *message* is an event in its envelope on its way to
 * one service.
 */
const money = { totalCents: z.int().nonnegative(), currency: z.string().length(3) }
const number = z.string().min(1)
const line = z.object({ sku: z.string().min(1), quantity: z.int().positive() })
const pricedLine = line.extend({ name: z.string(), unitPriceCents: z.int().nonnegative() })

export const events = {
  'order.placed': z.object({
    number,
    ...money,
    paymentMethod: z.string(),
    customer: z.object({ name: z.string(), email: z.string() }),
    lines: z.array(pricedLine).min(1),
  }),
  'stock.reserved': z.object({ number, ...money, paymentMethod: z.string() }),
  'stock.rejected': z.object({
    number,
    missing: z.array(z.object({ sku: z.string(), wanted: z.int(), available: z.int() })),
  }),
  'payment.captured': z.object({ number, ...money, chargeId: z.string() }),
  'payment.declined': z.object({ number, ...money, reason: z.string() }),
  'order.cancelled': z.object({ number }),
  'payment.refunded': z.object({ number, ...money, refundId: z.string() }),
} satisfies Record<EventName, z.ZodType>

export type EventData<E extends EventName> = z.infer<(typeof events)[E]>
export type PricedLine = z.infer<typeof pricedLine>

/** One event as a service emits it: what happened, to which order, with what. */
export type Emitted = {
  [E in EventName]: { name: E; orderId: string; data: EventData<E>; traceparent?: string }
}[EventName]

/**
 * An event on its way to one service. `id` is a UUIDv7, one per (event, receiver); `at` is when the event
 * happened and `stamp` when this copy was pushed (both ms since the epoch); `attempt` counts from 1; a
 * `solo` message is handled by itself because earlier copies went down with their worker.
 */
export type Message<E extends EventName = EventName> = {
  [K in E]: {
    id: string
    name: K
    orderId: string
    at: number
    stamp: number
    attempt: number
    solo?: boolean
    traceparent?: string
    data: EventData<K>
  }
}[E]

const envelope = z.object({
  id: z.string().min(1).max(64),
  name: z.string(),
  orderId: z.string().min(1).max(64),
  at: z.number(),
  stamp: z.number(),
  attempt: z.int().positive(),
  solo: z.boolean().optional(),
  traceparent: z.string().max(64).optional(),
  data: z.unknown(),
})

/** A message that can never be handled, however often it is tried: it goes to the dead letters at once. */
export class Unfixable extends Error {
  override name = 'Unfixable'
}

/** The outside world is away (refused, timed out, 5xx): tried again for as long as it takes. */
export class Outage extends Error {
  override name = 'Outage'
}

export const MESSAGE_MAX_BYTES = 256 * 1024 // a list element beyond this is not parsed

/** Parses one list element into a message. Throws `Unfixable` with a reason a person can act on. */
export function parseMessage(raw: string): Message {
  if (raw.length > MESSAGE_MAX_BYTES) throw new Unfixable(`too large: ${raw.length} characters`)
  const parsed = envelope.safeParse(parseJson(raw))
  if (!parsed.success) throw new Unfixable(`not a message: ${describe(parsed.error)}`)
  const { name, data } = parsed.data
  if (!isEventName(name)) throw new Unfixable(`unknown event: ${name.slice(0, 80)}`)
  const payload = events[name].safeParse(data)
  if (!payload.success) throw new Unfixable(`invalid ${name}: ${describe(payload.error)}`)
  return { ...parsed.data, data: payload.data } as Message
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
