import { z } from 'zod'
import { currency, expand, metadata, url } from '../api/form.ts'
import { invalid, invalidForm, type Refusal, refuse, type Verdict } from '../api/refusal.ts'
import type { Asked, SessionLine, Terms } from '../entry.ts'
import { newId } from '../new-id.ts'

const MINUTE_MS = 60_000
const SHORTEST_MS = 30 * MINUTE_MS
const LONGEST_MS = 24 * 60 * MINUTE_MS

const whole = z
  .string()
  .regex(/^\d{1,8}$/, { error: 'must be a whole number of at most 8 digits' })
  .transform(Number)
const product = z.strictObject({ name: z.string().min(1).max(250), description: z.string().max(1_000).optional() })
const item = z.strictObject({
  quantity: whole.default(1),
  price_data: z.strictObject({ currency, unit_amount: whole, product_data: product }),
})
const form = z.strictObject({
  mode: z.literal('payment', { error: 'this stand-in only does payments' }),
  ui_mode: z.literal('hosted_page', { error: 'this stand-in only has pages of its own' }).optional(),
  line_items: z.array(item).min(1).max(100),
  success_url: url,
  cancel_url: url.optional(),
  client_reference_id: z.string().max(200).optional(),
  customer_email: z.email().optional(),
  expires_at: z
    .string()
    .regex(/^\d{1,12}$/)
    .transform(Number)
    .optional(),
  allowed_payment_method_types: z
    .array(z.enum(['card', 'sepa_debit']))
    .min(1)
    .optional(),
  locale: z.string().max(10).optional(),
  submit_type: z.enum(['auto', 'pay']).optional(),
  payment_intent_data: z.strictObject({ metadata, description: z.string().max(1_000).optional() }).optional(),
  metadata,
  expand,
})
type Form = z.infer<typeof form>

/** Decides a POST to /v1/checkout/sessions: a page where a customer pays, by itself until `expires_at` and no longer. */
export function openSession(body: unknown, asked: Asked): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  const { data } = parsed
  const terms = termsOf(data, asked.at)
  const refusal = refusalOf(data, terms, asked.at)
  return refusal ? refuse(refusal) : { ok: true, entries: [opened(data, terms, asked)] }
}

function termsOf(data: Form, at: number): Terms {
  const { expires_at: expiresAt, payment_intent_data: intent, line_items: items } = data
  return {
    successUrl: data.success_url,
    cancelUrl: data.cancel_url,
    reference: data.client_reference_id,
    email: data.customer_email,
    expiresAt: expiresAt === undefined ? at + LONGEST_MS : expiresAt * 1_000,
    metadata: intent?.metadata ?? {},
    description: intent?.description,
    methods: data.allowed_payment_method_types,
    lines: items.map(({ quantity, price_data: { unit_amount, product_data } }) => ({
      name: product_data.name,
      unitCents: unit_amount,
      quantity,
    })),
  }
}

function opened(
  { metadata, client_reference_id: reference, line_items: items }: Form,
  terms: Terms,
  asked: Asked,
): SessionLine {
  return {
    ...asked,
    orderId: metadata.orderId ?? terms.metadata.orderId ?? reference,
    metadata,
    amountCents: totalCents(terms),
    currency: items[0]?.price_data.currency ?? '',
    kind: 'session',
    sessionId: newId('cs_test'),
    status: 'open',
    terms,
    laterAt: terms.expiresAt,
  }
}

const totalCents = ({ lines }: Terms) => lines.reduce((sum, { unitCents, quantity }) => sum + unitCents * quantity, 0)

/** Stripe takes whole seconds, and a second may have begun before it was asked. */
function refusalOf({ line_items: items }: Form, terms: Terms, at: number): Refusal | undefined {
  const lastsMs = terms.expiresAt - at
  if (lastsMs < SHORTEST_MS - 1_000)
    return invalid(
      'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.',
      'expires_at',
    )
  if (lastsMs > LONGEST_MS + 1_000)
    return invalid(
      'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.',
      'expires_at',
    )
  if (new Set(items.map((one) => one.price_data.currency)).size > 1)
    return invalid('All line items must be in one currency.', 'line_items')
  return totalCents(terms) > 0 ? undefined : invalid('The amount must be greater than zero.', 'line_items')
}
