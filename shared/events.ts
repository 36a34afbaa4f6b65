import { z } from 'zod'
import { customerEvents, language } from './customer-events.ts'
import { declineReasonOf } from './decline-reasons.ts'
import { liveEvents } from './live-events.ts'
import { logEvents } from './log-events.ts'
import { messageEvents } from './message-events.ts'
import type { EventName } from './routes.ts'
import { because, saleEvents } from './sale-events.ts'

/**
 * What each event carries, in its newest version: ids, integer cents and what its listeners need, never a database row.
 * Glossary: an *event* is a fact in the past tense; a *message* is an event in its envelope on its way to
 * one service.
 */
const money = { totalCents: z.int().nonnegative(), currency: z.string().length(3) }
const number = z.string().min(1)

/** What is to be charged, as the gateway calls it; `hosted` is its own page, and null that the customer pays later. */
const paymentMethod = z.string().min(1).nullable()
/** Until when it can be paid, in ms; null with orders of versions before, which took no other card. */
const payBy = z.int().nullable()
/** Counts the means of payment that were offered for one order, from 1. */
const tender = z.int().positive()
const part = { cents: z.int().positive(), currency: money.currency }
const trouble = { cents: z.int(), currency: money.currency, reason: z.string() }
/** Which refund was not made; nobody asked where one has failed that was told of. */
const unmade = { asked: z.string().nullable(), refundId: z.string().optional() }
/** The sale that an order was admitted by; its goods are out of that sale's allotment. */
const saleOf = z.string().min(1).optional()
const line = z.object({ sku: z.string().min(1), quantity: z.int().positive() })
const missing = z.object({ sku: z.string(), wanted: z.int(), available: z.int() })
const pricedLine = line.extend({ name: z.string(), unitPriceCents: z.int().nonnegative() })

export const events = {
  'order.placed': z.object({
    number,
    ...money,
    paymentMethod,
    payBy,
    customer: z.object({ name: z.string(), email: z.string() }),
    lines: z.array(pricedLine).min(1),
    ...{ account: z.string().optional(), language: language.optional(), sale: saleOf },
  }),
  'stock.reserved': z.object({ number, ...money, paymentMethod, payBy }),
  'stock.rejected': z.object({ number, missing: z.array(missing) }),
  'stock.released': z.object({ number }),
  'payment.captured': z.object({ number, ...money, chargeId: z.string() }),
  'payment.declined': z.object({
    ...{ number, ...money, reason: z.string().transform(declineReasonOf) },
    ...{ tender: tender.optional(), payBy: payBy.optional() },
  }),
  // Its customer has to confirm the payment, or to make it, at `url`.
  'payment.challenged': z.object({ number, tender, kind: z.enum(['confirm', 'hosted']), url: z.url() }),
  'payment.disputed': z.object({ number, dispute: z.string(), ...trouble, status: z.enum(['opened', 'won', 'lost']) }),
  // `wasPaid` as far as order knew then; a charge may have been under way. Versions before did not say.
  'order.cancelled': z.object({ number, wasPaid: z.boolean().optional(), sale: saleOf, because }),
  // `totalCents` of this refund; `leftCents` is what is kept of the payment after it. Versions before gave all back.
  'payment.refunded': z.object({
    ...{ number, ...money, refundId: z.string() },
    ...{ leftCents: z.int().nonnegative().optional(), asked: z.string().optional() },
  }),
  'payment.refundRefused': z.object({ number, ...trouble, ...unmade }),
  'order.tendered': z.object({ number, ...money, tender, paymentMethod: z.string().min(1), payBy: z.int() }),
  'order.expired': z.object({ number, sale: saleOf }),
  'order.refundAsked': z.object({ number, asked: z.string().min(1), ...part }),
  'gateway.told': z.object({ number, told: z.string().min(1), type: z.string(), object: z.string().min(1) }),
  ...customerEvents,
  ...saleEvents,
  ...liveEvents,
  ...logEvents,
  ...messageEvents,
} satisfies Record<EventName, z.ZodType>

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
 * others were outages; a `solo` message is handled by itself because earlier copies went down with their worker. `v` is the
 * version of its data, where that is not 1: the newest known, or a newer one, which nobody here may look into (`newer.ts`).
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
    v?: number
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

/** The world outside is there, and asks to be left alone for `ms`: for all messages, and none of them has been tried. */
export class Busy extends Outage {
  override name = 'Busy'
  readonly ms: number

  constructor(reason: string, ms: number, options?: ErrorOptions) {
    super(reason, options)
    this.ms = ms
  }
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
