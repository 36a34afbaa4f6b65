import { z } from 'zod'

const iso = z.iso.datetime()
const cents = z.int()

const news = z.object({ id: z.string(), title: z.string(), text: z.string(), language: z.string().optional() })
const said = z.object({
  said: z.int().describe('Counts what was said there, from 1'),
  name: z.string(),
  text: z.string(),
})
const stock = z.object({ sku: z.string(), available: z.int() })
const price = z.object({ sku: z.string(), priceCents: cents, wasCents: cents, currency: z.string() })

/**
 * One event of a stream. What comes with `topic` is of `kind` and has such `data`; each kind has its own.
 */
export const liveEvent = z.union([
  z.object({ topic: z.literal('news'), kind: z.literal('news.posted'), at: iso, data: news }),
  z.object({ topic: topicOf('room'), kind: z.literal('room.said'), at: iso, data: said }),
  z.object({
    topic: topicOf('stock'),
    kind: z.literal('stock.changed'),
    data: z.array(stock).describe('At first all there are, then what has changed'),
  }),
  z.object({
    topic: topicOf('price'),
    kind: z.literal('price.changed'),
    data: z.array(price).describe('Only what was ever changed: all others cost what the shop says'),
  }),
  z.object({
    topic: topicOf('sale'),
    kind: z.literal('sale'),
    data: z.looseObject({}).describe('As GET /api/sales/<id> shows it'),
  }),
  z.object({
    topic: z.string(),
    kind: z.literal('reset'),
    data: z.object({
      why: z
        .enum(['elsewhere', 'too far back'])
        .describe('The id was given by another database, or more has happened since than is told again'),
    }),
  }),
  z.object({
    topic: topicOf('order'),
    kind: z.string().describe('The event of the timeline'),
    at: iso,
    data: z.looseObject({}).describe('The entry, as GET /api/orders/<id> shows it in its timeline'),
  }),
])

function topicOf(kind: string): z.ZodString {
  return z.string().regex(new RegExp(`^${kind}(:|$)`))
}
