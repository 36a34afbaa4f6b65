import type { Config } from '../../shared/config.ts'
import type { Limits } from '../../shared/handler.ts'

/** What Stripe takes in a second, live and in test mode: https://docs.stripe.com/rate-limits */
const LIVE_PER_SECOND = 100
const TEST_PER_SECOND = 25

type Asked = Pick<Config, 'STRIPE_SECRET_KEY' | 'STRIPE_API_BASE' | 'GATEWAY_RATE'>

/** What the gateway may be asked: what we are told, or what Stripe takes. A stand-in for it has a limit only if we are told. */
export function gatewayLimits({ STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base, GATEWAY_RATE: told }: Asked): Limits {
  if (told !== undefined) return { perSecond: told }
  if (base !== undefined && new URL(base).hostname !== 'api.stripe.com') return {}
  return { perSecond: key?.startsWith('sk_live_') ? LIVE_PER_SECOND : TEST_PER_SECOND }
}
