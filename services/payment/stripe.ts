import type { Config } from '../../shared/config.ts'
import { Outage } from '../../shared/events.ts'
import type { Logger } from '../../shared/logger.ts'
import type { Gateway } from './gateway.ts'
import { happenings } from './stripe-events.ts'
import { cancel, charge, confirm, type Deps, orderOf, retrieve, search } from './stripe-intents.ts'
import { closePage, openPage, page } from './stripe-pages.ts'
import { disputes, refund, refunds } from './stripe-refunds.ts'
import { openStripe } from './stripe-sdk.ts'

type Told = Pick<Config, 'STRIPE_SECRET_KEY' | 'STRIPE_API_BASE' | 'SHOP_URL'>

/** The gateway as Stripe: https://docs.stripe.com/api. Without a key it cannot be reached: every call is an `Outage`. */
export function connectStripe(
  { STRIPE_SECRET_KEY: key, STRIPE_API_BASE: base, SHOP_URL: shopUrl }: Told,
  log: Logger,
): Gateway {
  if (key === undefined) return UNREACHABLE
  const stripe = openStripe(key, base)
  const deps: Deps = { stripe, shopUrl, onRefused: (refused) => log.error(refused, 'gateway.refused') }
  return {
    charge: (offer) => charge(offer, deps),
    confirm: (chargeId, offer) => confirm(chargeId, offer, deps),
    openPage: (offer) => openPage(offer, deps),
    search: (orderId) => search(orderId, deps),
    intent: (chargeId) => retrieve(chargeId, deps),
    page: (sessionId) => page(sessionId, deps),
    cancel: (chargeId) => cancel(chargeId, deps),
    closePage: (sessionId) => closePage(sessionId, deps),
    refund: (wish) => refund(wish, deps),
    refunds: (chargeId) => refunds(chargeId, deps),
    disputes: (chargeId) => disputes(chargeId, deps),
    orderOf: (chargeId) => orderOf(chargeId, deps),
    happenings: (from, after) => happenings(from, after, stripe),
  }
}

async function noKey(): Promise<never> {
  throw new Outage('STRIPE_SECRET_KEY is not set')
}

const UNREACHABLE: Gateway = {
  ...{ charge: noKey, confirm: noKey, openPage: noKey, search: noKey, intent: noKey, page: noKey, cancel: noKey },
  ...{ closePage: noKey, refund: noKey, refunds: noKey, disputes: noKey, orderOf: noKey, happenings: noKey },
}
