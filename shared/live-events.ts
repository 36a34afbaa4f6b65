import { z } from 'zod'
import { language } from './customer-events.ts'

/** What somebody may ask to be told of a product: that it is back in stock, or costs less. */
export const alertKind = z.enum(['back', 'cheaper'])

const cents = z.int().positive()
const revision = z.int().positive()

/**
 * What the events carry that are told to all who watch, and to those who have asked for it. Subjects of `stock.*` here and
 * of `price.*` are skus, of `alert.*` alerts, of `news.*` pieces of news, of `room.*` sales.
 */
export const liveEvents = {
  // Units free to sell, as of now: of many changes in a second only the last is told. The highest `revision` of a sku is the newest.
  'stock.changed': z.object({ available: z.int().nonnegative(), revision }),
  // There were none, and there are some again.
  'stock.back': z.object({ available: z.int().positive() }),
  'price.changed': z.object({ priceCents: cents, wasCents: cents, currency: z.string().length(3), revision }),
  // Somebody wants to be told; the address is not proved yet. `code` is sealed.
  'alert.asked': z.object({ sku: z.string().min(1), kind: alertKind, email: z.string(), language, code: z.string() }),
  // Somebody who has confirmed is told, once.
  'alert.due': z.object({ sku: z.string().min(1), kind: alertKind, priceCents: cents.optional() }),
  'news.posted': z.object({ title: z.string().min(1), text: z.string(), language: language.optional() }),
  // In the waiting room of a sale. `said` counts what was said there, from 1.
  'room.said': z.object({ said: z.int().positive(), name: z.string(), text: z.string().min(1) }),
}
