import { z } from 'zod'
import { declineReasonOf } from './decline-reasons.ts'
import { type EventName, services } from './routes.ts'

/**
 * What each event carries: ids, integer cents and what its listeners need, never a database row.
 * Glossary: an *event* is a fact in the past tense; a *message* is an event in its envelope on its way to
 * one service.
 */
const money = { totalCents: z.int().nonnegative(), currency: z.string().length(3) }
const number = z.string().min(1)
const line = z.object({ sku: z.string().min(1), quantity: z.int().positive() })
const pricedLine = line.extend({ name: z.string(), unitPriceCents: z.int().nonnegative() })

/** A dead letter: which message it is, to whom, and who keeps it. */
const letter = z.object({ number, letter: z.string(), event: z.string(), to: z.enum(services), by: z.enum(services) })

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
  'stock.released': z.object({ number }),
  'payment.captured': z.object({ number, ...money, chargeId: z.string() }),
  'payment.declined': z.object({ number, ...money, reason: z.string().transform(declineReasonOf) }),
  // As far as order knew then; a charge may have been under way. Versions before did not say.
  'order.cancelled': z.object({ number, wasPaid: z.boolean().optional() }),
  'payment.refunded': z.object({ number, ...money, refundId: z.string() }),
  'message.buried': letter.extend({ reason: z.string() }),
  'message.replayed': letter,
} satisfies Record<EventName, z.ZodType>

/** The version of what an event carries, as it is written now. */
export function versionOf(_event: EventName): number {
  return 1
}

/** What an event carries, as the JSON Schema of what its listeners take. */
export function schemaOf(event: EventName): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(events[event], { io: 'input', override: dropNoise })
}

/** That an integer is one JavaScript can count to goes without saying. */
function dropNoise({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

export type EventData<E extends EventName> = z.infer<(typeof events)[E]>
export type PricedLine = z.infer<typeof pricedLine>

/** One event as a service emits it: what happened, to what (an order's id, mostly), with what. */
export type Emitted = {
  [E in EventName]: { name: E; subject: string; data: EventData<E>; traceparent?: string }
}[EventName]

/**
 * An event on its way to one service. `id` is the event's, a UUIDv7; `at` is when it happened, `stamp` when this copy
 * was pushed, and `sentAt` when it was first meant for this receiver, if that was later: it is history then (all ms since
 * the epoch). `attempt` counts from 1, and of those before it so many `failed` or were `deferred`, as far as is known: the
 * others were outages; a `solo` message is handled by itself because earlier copies went down with their worker.
 */
export type Message<E extends EventName = EventName> = {
  [K in E]: {
    id: string
    name: K
    subject: string
    at: number
    sentAt?: number
    stamp: number
    attempt: number
    failed?: number
    deferred?: number
    solo?: boolean
    traceparent?: string
    data: EventData<K>
  }
}[E]

/** A message that can never be handled, however often it is tried: it goes to the dead letters at once. */
export class Unfixable extends Error {
  override name = 'Unfixable'
}

/** The outside world is away (refused, timed out, 5xx): tried again for as long as it takes. */
export class Outage extends Error {
  override name = 'Outage'
}

/**
 * How long to wait for what only this one message waits for, in ms; after `giveUpMs` of waiting it is given up. Its
 * receiver gives up before its sender does (`OUTBOX_MAX_AGE_MS`), for it knows the reason.
 */
export type Patience = { firstMs: number; maxMs: number; giveUpMs: number }

/** This message cannot be handled yet, though others can: it waits longer and longer, and not for ever. */
export class Deferral extends Error {
  override name = 'Deferral'
  readonly patience: Patience

  constructor(reason: string, patience: Patience, options?: ErrorOptions) {
    super(reason, options)
    this.patience = patience
  }
}
