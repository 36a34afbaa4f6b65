import Stripe from 'stripe'
import { withoutBrackets } from '../../shared/address.ts'
import { Busy, Outage } from '../../shared/events.ts'
import type { Charge, ChargeOutcome, Gateway } from './gateway.ts'
import { msUntil } from './retry-after.ts'

const CALL_LIMIT_MS = 8_000 // below the consumer's own limit, so that the reason told is the gateway's

/**
 * The gateway as Stripe: https://docs.stripe.com/api/payment_intents/create and
 * https://docs.stripe.com/api/idempotent_requests. `base` points it at another host that speaks the same API.
 * Without a key it cannot be reached: every call is an `Outage`.
 */
export function connectStripe(key: string | undefined, base: string | undefined): Gateway {
  if (key === undefined) return { charge: noKey, refund: noKey }
  const stripe = new Stripe(key, {
    ...hostOf(base),
    maxNetworkRetries: 0,
    timeout: CALL_LIMIT_MS,
    telemetry: false,
  })
  return {
    charge: (charge) => create(stripe, charge).catch(refusalOf),
    refund: async (orderId, chargeId) => {
      const options = { idempotencyKey: `refund-${orderId}` }
      const refund = await stripe.refunds.create({ payment_intent: chargeId }, options).catch(outageOf)
      return { refundId: refund.id }
    },
  }
}

function hostOf(base: string | undefined): Stripe.StripeConfig {
  if (base === undefined) return {}
  const { hostname, port, protocol } = new URL(base)
  const host = withoutBrackets(hostname)
  return { host, port: port || undefined, protocol: protocol === 'http:' ? 'http' : 'https' }
}

async function noKey(): Promise<never> {
  throw new Outage('STRIPE_SECRET_KEY is not set')
}

async function create(
  stripe: Stripe,
  { orderId, number, totalCents, currency, paymentMethod }: Charge,
): Promise<ChargeOutcome> {
  const intent = await stripe.paymentIntents.create(
    {
      amount: totalCents,
      currency: currency.toLowerCase(),
      payment_method: paymentMethod,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      confirm: true,
      error_on_requires_action: true, // nobody is there to answer a challenge: Stripe declines instead
      metadata: { orderId, number },
    },
    { idempotencyKey: `charge-${orderId}` },
  )
  if (intent.status === 'succeeded') return { ok: true, chargeId: intent.id }
  throw new Outage(`the gateway has not decided yet: ${intent.status}`)
}

/** A card that is refused is an answer; so is a payment method Stripe does not know. */
function refusalOf(error: unknown): ChargeOutcome {
  if (error instanceof Stripe.errors.StripeCardError)
    return { ok: false, reason: error.decline_code ?? error.code ?? 'card_declined' }
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.param === 'payment_method')
    return { ok: false, reason: 'unknown_payment_method' }
  return outageOf(error)
}

const OUTAGES = [
  Stripe.errors.StripeConnectionError,
  Stripe.errors.StripeAPIError,
  Stripe.errors.StripeRateLimitError,
  Stripe.errors.StripeAuthenticationError,
  Stripe.errors.StripeIdempotencyError, // the first request under this key is still running
]

function outageOf(error: unknown): never {
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
function busyMsOf({ statusCode, code, headers }: InstanceType<typeof Stripe.errors.StripeError>): number | null {
  const asked = msUntil(headers?.['retry-after'], Date.now())
  if (statusCode === 503) return asked
  const isRate = code === 'rate_limit' || (statusCode === 429 && code !== 'lock_timeout')
  return isRate ? (asked ?? BUSY_MS) : null
}
