import { z } from 'zod'
import { languages } from '../../shared/customer-events.ts'
import { emailAddress } from '../../shared/email-address.ts'
import { personName } from '../../shared/person-name.ts'

export const ITEMS_MAX = 50
const QUANTITY_MAX = 100

const customer = z.object({
  name: personName,
  email: emailAddress,
  phone: z
    .string()
    .trim()
    .min(3)
    .max(32)
    .regex(/^\+?[\d ()./-]+$/, 'must be a phone number')
    .optional(),
})

const item = z.object({
  sku: z.string().trim().min(1, 'must not be empty').max(64),
  quantity: z.int().min(1).max(QUANTITY_MAX),
})

/** What is to be charged: a card as the gateway calls it, or whatever its customer chooses on the gateway's own page. */
export const paymentRequest = z.object({
  method: z
    .string()
    .trim()
    .max(128)
    .regex(/^(pm_\w+|hosted)$/, 'must be a payment method, pm_…, or hosted'),
})

/** What a customer sends to place an order. Prices are not theirs to say. */
export const orderRequest = z.object({
  customer,
  items: z.array(item).min(1, 'must not be empty').max(ITEMS_MAX).superRefine(refuseTwins),
  payment: paymentRequest
    .optional()
    .describe('Charged as soon as the goods are set aside; without it they wait for it.'),
  language: z
    .enum(languages)
    .optional()
    .describe('What its mails are written in; without it what Accept-Language would rather have.'),
})

const idempotencyKey = z.string().max(255).optional()

/** What may come along in headers. */
export const orderHeaders = z.object({
  'Idempotency-Key': idempotencyKey.describe(
    'Makes a repetition safe: the same key and body get the same answer, and one order.',
  ),
  'Accept-Language': z
    .string()
    .optional()
    .describe('What refusals are written in, and mails, if the body does not say it.'),
  traceparent: z.string().optional().describe('W3C trace context; travels with every event of the order.'),
})

/** The same where an order is there already. */
export const moneyHeaders = z.object({
  'Idempotency-Key': idempotencyKey.describe(
    'Makes a repetition safe: the same key and body get the same answer, and money moves once.',
  ),
})

/** The same where the price of a product is set. */
export const priceHeaders = z.object({
  'Idempotency-Key': idempotencyKey.describe(
    'Makes a repetition safe: the same key and body get the same answer, and set no price back that was changed since.',
  ),
})

export type OrderRequest = z.infer<typeof orderRequest>
export type Item = z.infer<typeof item>

function refuseTwins(items: Item[], context: z.RefinementCtx<Item[]>): void {
  const seen = new Set<string>()
  for (const [i, { sku }] of items.entries()) {
    if (seen.has(sku)) context.addIssue({ code: 'custom', path: [i, 'sku'], message: 'is listed twice' })
    seen.add(sku)
  }
}
