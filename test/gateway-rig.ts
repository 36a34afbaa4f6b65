import { join } from 'node:path'
import Stripe from 'stripe'
import { start } from '../simulators/payment-gateway/main.ts'
import type { Endpoint } from '../simulators/payment-gateway/webhooks/post.ts'
import { forEachTest, StandInRig } from './stand-in-rig.ts'

export type StripeFailure = InstanceType<typeof Stripe.errors.StripeError>
export const BACK = 'http://localhost:9/orders/o-1?tab=pay'

type ChargeOptions = { orderId?: string; amount?: number; card?: string }

/**
 * A payment gateway on a free port with its own folder for every test of the file, and the real Stripe SDK
 * talking to it. The SDK does not retry, but for a connection that was reset: that it always retries once.
 */
export function useGateway() {
  return forEachTest(new GatewayRig())
}

class GatewayRig extends StandInRig {
  stripe = new Stripe('sk_test_orderline')

  get ledgerPath(): string {
    return join(this.folder, 'payment-ledger.jsonl')
  }

  /** With `endpoint`, webhooks go there. */
  async boot(endpoint?: Endpoint): Promise<void> {
    const place = { port: 0, host: '127.0.0.1', ledgerPath: this.ledgerPath }
    const { url } = this.isUp(await start({ ...place, ...(endpoint && { endpoint }) }))
    const { hostname: host, port } = new URL(url)
    const options = { protocol: 'http', maxNetworkRetries: 0, timeout: 5_000, telemetry: false } as const
    this.stripe = new Stripe('sk_test_orderline', { host, port: Number(port), ...options })
  }

  /** Ends it and starts it again: what it remembers, it remembers from its files. */
  async reboot(endpoint?: Endpoint): Promise<void> {
    await this.shutDown()
    await this.boot(endpoint)
  }

  charge(key: string, { orderId = 'o-1', amount = 4200, card = 'pm_card_visa' }: ChargeOptions = {}) {
    const automatic_payment_methods = { enabled: true, allow_redirects: 'never' } as const
    const params = { amount, currency: 'eur', payment_method: card, confirm: true, metadata: { orderId } }
    return this.stripe.paymentIntents.create({ ...params, automatic_payment_methods }, { idempotencyKey: key })
  }

  /** A charge whose card asks its holder, with somewhere to come back to. */
  challenge(
    key: string,
    { orderId = 'o-1', amount = 4200, card = 'pm_card_authenticationRequired' }: ChargeOptions = {},
  ) {
    const params = { amount, currency: 'eur', payment_method: card, confirm: true, metadata: { orderId } }
    return this.stripe.paymentIntents.create({ ...params, return_url: BACK }, { idempotencyKey: key })
  }

  /** What the holder of a card says on the page that he was sent to; resolves with where he is sent then. */
  async answer(intent: Stripe.PaymentIntent, answer: 'confirm' | 'refuse'): Promise<URL> {
    const page = String(intent.next_action?.redirect_to_url?.url)
    const body = new URLSearchParams({ answer })
    const response = await fetch(page, { method: 'POST', body, redirect: 'manual' })
    if (response.status !== 303) throw new Error(`${page} answers ${response.status}`)
    return new URL(String(response.headers.get('location')))
  }

  /** Types of all events, oldest first. */
  async told(): Promise<string[]> {
    const { data } = await this.stripe.events.list({ limit: 100 })
    return data.map(({ type }) => type).reverse()
  }

  /** Entries of the ledger, of one order or of all. */
  async ledger(orderId?: string): Promise<Record<string, unknown>[]> {
    const response = await fetch(`${this.url}/_ledger${orderId ? `?orderId=${orderId}` : ''}`)
    return JSON.parse(await response.text())
  }

  /** A raw form, for what the SDK would never send. */
  post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
    const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer sk_test_x' }
    return fetch(`${this.url}${path}`, { method: 'POST', headers: { ...form, ...headers }, body })
  }
}

/** Resolves with the Stripe error that `promise` fails with; rejects when it succeeds. */
export function failure(promise: Promise<unknown>): Promise<StripeFailure> {
  return promise.then(
    () => Promise.reject(new Error('it succeeded')),
    (error: unknown) => (error instanceof Stripe.errors.StripeError ? error : Promise.reject(error)),
  )
}
