import { z } from 'zod'
import { services } from '../../shared/routes.ts'
import { states } from '../../shared/states.ts'

const item = z.object({
  sku: z.string(),
  name: z.string(),
  quantity: z.int(),
  unitPriceCents: z.int(),
})

/** An order as its customer sees it. */
export const orderAnswer = z.object({
  id: z.string(),
  number: z.string(),
  state: z.enum(states),
  totalCents: z.int(),
  currency: z.string(),
  items: z.array(item),
  placedAt: z.iso.datetime(),
  payBy: z.iso
    .datetime()
    .nullable()
    .describe('Until when it can be paid; null with orders of before there was a time for it'),
  refundedCents: z.int(),
  sale: z
    .string()
    .nullable()
    .describe('The sale in which it was one’s turn; null with orders that were placed in the shop'),
})

/** The same for whoever may open it. */
export const keyedAnswer = orderAnswer.extend({
  key: z.string().describe('Opens the order: send it as Order-Key. Its page is /orders/<id>#<key>.'),
})

/** The same for whoever has just placed it. */
export const placedAnswer = keyedAnswer.extend({
  expectedPaidInMs: z
    .int()
    .nullable()
    .describe('By what waits before it; null where its customer pays later, or nobody can tell'),
})

/** One thing that happened to an order; `state` is the order's state after it, and so are `canCancel` and `canPay`. */
export const timelineAnswer = z.object({
  seq: z.int(),
  event: z.string(),
  service: z.enum(services),
  state: z.enum(states),
  canCancel: z.boolean().describe('Whether the customer may still change their mind'),
  canPay: z.boolean().describe('Whether it waits for a means of payment, and is still in time'),
  at: z.iso.datetime(),
  msSincePlaced: z.int(),
  messageId: z.string().nullable(),
  attempt: z.int().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
})

/** What the customer has to do for a payment that is under way: to confirm it, or to make it on the gateway's own page. */
export const challengeAnswer = z.object({ kind: z.enum(['confirm', 'hosted']), url: z.string() })

/** An order with all that has happened to it. */
export const orderStory = orderAnswer.extend({
  challenge: challengeAnswer.nullable().describe('What the customer has to do for the payment that is under way'),
  timeline: z.array(timelineAnswer),
})

/** The same for whoever asks for it now. */
export const shownOrder = orderStory.extend({
  canRefund: z.boolean().describe('Whether whoever asks is let in as the admin, who alone gives money back'),
  paused: z
    .array(z.enum(services))
    .describe('Who, on the way to its money, is paused just now by whoever runs the shop'),
})

/** What a reader of the events sends when it comes back. */
export const followHeaders = z.object({
  'Last-Event-ID': z.string().optional().describe('The id of the last event seen; the stream goes on after it.'),
})

export type OrderAnswer = z.infer<typeof orderAnswer>
export type KeyedAnswer = z.infer<typeof keyedAnswer>
export type PlacedAnswer = z.infer<typeof placedAnswer>
export type TimelineAnswer = z.infer<typeof timelineAnswer>
export type OrderStory = z.infer<typeof orderStory>
export type ShownOrder = z.infer<typeof shownOrder>
