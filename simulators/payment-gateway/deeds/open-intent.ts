import { z } from 'zod'
import { cents, currency, expand, flag, metadata } from '../api/form.ts'
import { invalid, invalidForm, type Refusal, refuse, unexpectedState, type Verdict } from '../api/refusal.ts'
import type { Asked, Open } from '../entry.ts'
import { newId } from '../new-id.ts'
import { attempt, type Facts } from './attempt.ts'
import { cardFor, confirmation, isRefusal, lacksReturnUrl, NO_RETURN_URL, wayOf } from './terms.ts'

const form = z.strictObject({
  amount: cents,
  currency,
  payment_method: z.string().optional(),
  confirm: flag.default(false),
  capture_method: z.enum(['automatic', 'automatic_async'], { error: 'this stand-in only captures at once' }).optional(),
  automatic_payment_methods: z
    .strictObject({ enabled: flag, allow_redirects: z.enum(['always', 'never']).default('always') })
    .optional(),
  allowed_payment_method_types: z
    .array(z.enum(['card', 'sepa_debit']))
    .min(1)
    .optional(),
  description: z.string().max(1_000).optional(),
  receipt_email: z.email().optional(),
  metadata,
  expand,
  ...confirmation,
})
type Form = z.infer<typeof form>

/** Decides a POST to /v1/payment_intents: an intent that waits, or with `confirm` what comes of it, by the test card. */
export function openIntent(body: unknown, asked: Asked, settleMs: number): Verdict {
  const parsed = form.safeParse(body)
  if (!parsed.success) return refuse(invalidForm(parsed.error, body))
  const { payment_method: token, confirm } = parsed.data
  const facts = factsIn(parsed.data, asked)
  const refusal = refusalOf(parsed.data, facts)
  if (refusal) return refuse(refusal)
  if (token === undefined) return { ok: true, entries: [{ ...facts, kind: 'open', status: 'requires_payment_method' }] }
  const card = cardFor(facts, token)
  if (isRefusal(card)) return refuse(card)
  if (confirm) return { ok: true, entries: [attempt(facts, token, card, wayOf(parsed.data), settleMs)] }
  const waiting: Open = { ...facts, kind: 'open', status: 'requires_confirmation', paymentMethod: token }
  return { ok: true, entries: [waiting] }
}

function factsIn(data: Form, asked: Asked): Facts {
  const { amount: amountCents, currency, metadata, description, automatic_payment_methods: automatic } = data
  return {
    ...asked,
    orderId: metadata.orderId,
    metadata,
    intentId: newId('pi'),
    amountCents,
    currency,
    description,
    redirects: automatic?.allow_redirects,
    methods: data.allowed_payment_method_types,
  }
}

function refusalOf(data: Form, facts: Facts): Refusal | undefined {
  const { confirm, payment_method: token } = data
  const early = confirm ? undefined : ONLY_CONFIRMED.find((name) => data[name] !== undefined)
  if (early) return invalid(`The parameter ${early} can only be used with confirm=true.`, early)
  if (data.allowed_payment_method_types && data.automatic_payment_methods?.enabled)
    return invalid(
      'You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types.',
    )
  if (confirm && token === undefined) return unexpectedState(NO_METHOD)
  return confirm && lacksReturnUrl(facts, wayOf(data)) ? NO_RETURN_URL : undefined
}

const ONLY_CONFIRMED = ['return_url', 'off_session', 'error_on_requires_action', 'mandate_data'] as const

export const NO_METHOD =
  'You cannot confirm this PaymentIntent because it’s missing a payment method. You can either update the PaymentIntent ' +
  'with a payment method and then confirm it again, or confirm it again directly with a payment method.'
