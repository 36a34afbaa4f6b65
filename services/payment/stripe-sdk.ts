import Stripe from 'stripe'
import { withoutBrackets } from '../../shared/address.ts'

export { Stripe }

const CALL_LIMIT_MS = 8_000 // below the consumer's own limit, so that the reason told is the gateway's

/** Stripe's own client. `base` points it at another host that speaks the same API. It does not try again by itself. */
export function openStripe(key: string, base: string | undefined): Stripe {
  return new Stripe(key, { ...hostOf(base), maxNetworkRetries: 0, timeout: CALL_LIMIT_MS, telemetry: false })
}

function hostOf(base: string | undefined): Stripe.StripeConfig {
  if (base === undefined) return {}
  const { hostname, port, protocol } = new URL(base)
  const host = withoutBrackets(hostname)
  return { host, port: port || undefined, protocol: protocol === 'http:' ? 'http' : 'https' }
}

/** The id of what Stripe gives as an id, or in full where it was asked to. */
export function idOf(one: string | { id: string } | null | undefined): string | null {
  return typeof one === 'string' ? one : (one?.id ?? null)
}
