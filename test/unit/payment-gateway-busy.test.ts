import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { gatewayLimits } from '../../services/payment/gateway-limits.ts'
import { connectStripe } from '../../services/payment/stripe.ts'
import { Busy, Outage } from '../../shared/events.ts'
import { createLogger } from '../../shared/logger.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { failure, useGateway } from '../gateway-rig.ts'
import { ORDER } from '../protocol-bed.ts'

type Reply = { status: number; code?: string; headers?: Record<string, string> }

let reply: Reply
let server: Awaited<ReturnType<typeof listen>>
beforeEach(async () => {
  const app = createApp(createLogger('gateway', 'silent'), (routes) => {
    routes.use((_req, res) => {
      const { status, code, headers = {} } = reply
      res
        .set(headers)
        .status(status)
        .json({ error: { type: 'api_error', message: 'no', code } })
    })
  })
  server = await listen(app, 0, '127.0.0.1')
})
afterEach(() => server.close())

async function told(said: Reply): Promise<unknown> {
  reply = said
  const where = { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: server.url, SHOP_URL: 'http://localhost:3000' }
  return connectStripe(where, createLogger('payment', 'silent'))
    .charge({ orderId: 'o1', ...ORDER, tender: 1, at: Date.now() })
    .catch((error) => (error instanceof Busy ? error.ms : error))
}

describe('a gateway that asks us to wait', () => {
  it.each([
    [{ status: 429, code: 'rate_limit' }, 1_000],
    [{ status: 429, headers: { 'Retry-After': '7' } }, 7_000],
    [{ status: 503, headers: { 'Retry-After': '120' } }, 120_000],
    [{ status: 429, headers: { 'Retry-After': 'soon' } }, 1_000],
  ] satisfies [Reply, number][])('says for how long, or it is a second: %j', async (said, ms) => {
    expect(await told(said)).toBe(ms)
  })

  it('may say until when', async () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString()

    expect(await told({ status: 503, headers: { 'Retry-After': inAMinute } })).toBeGreaterThan(55_000)
  })

  it.each([
    { status: 503 },
    { status: 429, code: 'lock_timeout', headers: { 'Retry-After': '1' } }, // of one object: others are free
    { status: 500, headers: { 'Retry-After': '9' } },
  ])('is not one that is away, or where only this charge has to wait: %j', async (said) => {
    const error = await told(said)

    expect(error).toBeInstanceOf(Outage)
    expect(error).not.toBeInstanceOf(Busy)
  })
})

describe('the gateway’s stand-in', () => {
  const gateway = useGateway()

  it('takes as many calls a second as its switch says, and tells the others when to come again', async () => {
    await gateway.turn({ perSecond: 5 })
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`)

    const answers = await Promise.allSettled(keys.map((key) => gateway.charge(key, { orderId: key })))

    expect(answers.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
    const charged = (await gateway.ledger()).length
    expect(charged).toBe(answers.filter(({ status }) => status === 'fulfilled').length)
    await gateway.turn({ perSecond: 0.001 })
    const refused = await failure(gateway.charge('one more').then(() => gateway.charge('and one')))
    expect(refused).toMatchObject({ statusCode: 429, code: 'rate_limit', headers: { 'retry-after': '1' } })
  })
})

describe('what the gateway may be asked', () => {
  it.each([
    ['Stripe takes live', { STRIPE_SECRET_KEY: 'sk_live_x' }, 100],
    ['Stripe takes in test mode', { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: 'https://api.stripe.com' }, 25],
    ['a stand-in may take', { STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_API_BASE: 'http://127.0.0.1:1' }, undefined],
    ['we are told', { STRIPE_SECRET_KEY: 'sk_live_x', GATEWAY_RATE: 400 }, 400],
  ])('is what %s', (_who, config, perSecond) => {
    expect(gatewayLimits(config).perSecond).toBe(perSecond)
  })
})
