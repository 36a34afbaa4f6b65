import { z } from 'zod'
import { flag, url } from '../api/form.ts'
import { invalid, missing, type Refusal } from '../api/refusal.ts'
import type { Card } from '../cards/card.ts'
import { cardOf } from '../cards/deck.ts'
import type { Facts, Way } from './attempt.ts'

/** The fields of a form that say how an intent is confirmed; they make sense with a confirmation alone. */
export const confirmation = {
  return_url: url.optional(),
  off_session: z.enum(['true', 'false', 'one_off', 'recurring']).optional(),
  error_on_requires_action: flag.optional(),
  mandate_data: z.record(z.string(), z.unknown()).optional(),
  use_stripe_sdk: flag.optional(),
  payment_method_options: z
    .strictObject({ card: z.strictObject({ request_three_d_secure: z.enum(['automatic', 'any', 'challenge']) }) })
    .optional(),
}
const fields = z.object(confirmation)

/** How a form wants an intent to be confirmed. */
export function wayOf(form: z.infer<typeof fields>): Way {
  const { return_url: returnUrl, off_session: off = 'false' } = form
  const wanted = form.payment_method_options?.card.request_three_d_secure ?? 'automatic'
  return {
    isOffSession: off !== 'false',
    isActionError: form.error_on_requires_action === true,
    isChallengeAsked: wanted !== 'automatic',
    returnUrl,
  }
}

/** The card behind a token that is to pay for this, or why it cannot. */
export function cardFor(facts: Facts, token: string): Card | Refusal {
  const card = cardOf(token)
  if (!card) return missing('PaymentMethod', token, 400, 'payment_method')
  if (facts.methods && !facts.methods.includes(card.type)) return invalid(notAllowed(card.type), 'payment_method')
  if (card.type === 'sepa_debit' && facts.currency !== 'eur')
    return invalid(`The currency provided (${facts.currency}) is invalid for sepa_debit: eur alone is.`, 'currency')
  return card
}

/** Whether this is a refusal, and not what was asked for. */
export function isRefusal(found: Card | Refusal): found is Refusal {
  return 'error' in found
}

/** Methods that lead away from the shop may be among those that are allowed: then it has to say where to come back to. */
export function lacksReturnUrl({ redirects, methods, sessionId }: Facts, { returnUrl, isOffSession }: Way): boolean {
  if (methods || sessionId || isOffSession) return false
  return redirects !== 'never' && returnUrl === undefined
}

export const NO_RETURN_URL: Refusal = invalid(
  'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment ' +
    'methods might redirect your customer off of your page, you must provide a `return_url`. If you don’t want to accept ' +
    'redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and ' +
    '`automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.',
  'return_url',
)

const notAllowed = (type: string) =>
  `The PaymentMethod provided (${type}) is not allowed for this PaymentIntent: see its allowed_payment_method_types.`
