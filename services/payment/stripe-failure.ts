import { Busy, Outage } from '../../shared/events.ts'
import { msUntil } from './retry-after.ts'
import { Stripe } from './stripe-sdk.ts'

type StripeFailure = InstanceType<typeof Stripe.errors.StripeError>

const OUTAGES = [
  Stripe.errors.StripeConnectionError,
  Stripe.errors.StripeAPIError, // a 409 too: the first request under this key is still running
  Stripe.errors.StripeRateLimitError,
  Stripe.errors.StripeAuthenticationError,
]

/** Throws what a failure means to whoever called: mostly that the outcome is unknown. */
export function outageOf(error: unknown): never {
  if (!OUTAGES.some((kind) => error instanceof kind)) throw error
  const busyMs = error instanceof Stripe.errors.StripeError ? busyMsOf(error) : null
  if (busyMs !== null) throw new Busy('the payment gateway asks us to wait', busyMs, { cause: error })
  throw new Outage(`the payment gateway is away: ${error instanceof Error ? error.message : error}`, {
    cause: error,
  })
}

const BUSY_MS = 1_000 // where it does not say for how long: limits are counted by the second

/**
 * For how long it wants to be left alone; null where it does not. A lock on one object, which is told by a 429, too, is no
 * reason to stop: https://docs.stripe.com/rate-limits
 */
function busyMsOf({ statusCode, code, headers }: StripeFailure): number | null {
  const asked = msUntil(headers?.['retry-after'], Date.now())
  if (statusCode === 503) return asked
  const isRate = code === 'rate_limit' || (statusCode === 429 && code !== 'lock_timeout')
  return isRate ? (asked ?? BUSY_MS) : null
}

/**
 * What Stripe says where it does what was asked of it never, however often it is asked: a request that it does not take, or
 * that our key may not make. Null where it may do it later. Source: https://docs.stripe.com/api/errors
 */
export function finalWordIn(error: unknown): StripeFailure | null {
  const isFinal =
    error instanceof Stripe.errors.StripeInvalidRequestError || error instanceof Stripe.errors.StripePermissionError
  return isFinal ? error : null
}

/** Whether the payment is not in a state in which this can be done to it. */
export function isUnexpectedState(error: unknown): boolean {
  return finalWordIn(error)?.code === 'payment_intent_unexpected_state'
}

/** Whether the key was used before with other words, as the version before of this program did. */
export function isOldKey(error: unknown): boolean {
  return error instanceof Stripe.errors.StripeIdempotencyError
}
