import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { OrderRig, problemOf } from '../order-rig.ts'
import { SECRET, usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const OLD = 'whsec_that_is_being_replaced'
const shop = usePayment({ STRIPE_WEBHOOK_SECRET: `${SECRET}, ${OLD}` })

type Parts = { id?: string; type?: string; object?: object }

/** An event as Stripe sends it, with all of its blanks. */
function eventOf({ id = 'evt_1', type = 'payment_intent.succeeded', object = {} }: Parts = {}): string {
  const about = { id: 'pi_other', object: 'payment_intent', metadata: { orderId: 'o1', number: 'OL-1' }, ...object }
  return JSON.stringify(
    { id, object: 'event', created: 1_790_000_000, type, data: { object: about }, note: 'ü€😀' },
    null,
    2,
  )
}

function signed(payload: string, secret = SECRET, at = Date.now()): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at / 1_000) })
}

function post(payload: string, signature: string, base = shop.url): Promise<Response> {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature }
  return fetch(`${base}/webhooks/stripe`, { method: 'POST', headers, body: payload })
}

const noted = () => shop.db.read.told.findMany()

describe('a webhook', () => {
  it('is noted before it is answered, and each once', async () => {
    await shop.reserve('o1', 'pm_card_authenticationRequired')
    await shop.is('o1', 'challenged')
    const payload = eventOf()

    const answers = await Promise.all(Array.from({ length: 5 }, () => post(payload, signed(payload))))

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    expect((await noted()).filter(({ id }) => id === 'evt_1')).toHaveLength(1)
    const told = (await shop.told('o1', 'gateway.told')).filter(({ data }) => data.told === 'evt_1')
    expect(told).toMatchObject([{ data: { number: 'OL-1', type: 'payment_intent.succeeded', object: 'pi_other' } }])
  })

  it('may be signed with any of our secrets', async () => {
    const payload = eventOf()

    expect((await post(payload, signed(payload, OLD))).status).toBe(200)
  })

  it.each([
    ['by nobody', () => ''],
    ['with another’s secret', (payload: string) => signed(payload, 'whsec_of_somebody_else')],
    ['for other words', () => signed(eventOf({ id: 'evt_2' }))],
    ['longer than five minutes ago', (payload: string) => signed(payload, SECRET, Date.now() - 301_000)],
  ])('that was signed %s is refused', async (_who, sign) => {
    await shop.reserve('o1', 'pm_card_authenticationRequired')
    await shop.is('o1', 'challenged')
    const before = (await noted()).length
    const payload = eventOf()

    const answer = await post(payload, sign(payload))

    expect(answer.status).toBe(400)
    expect((await problemOf(answer)).detail).toBe('The webhook is not signed by the payment gateway.')
    expect((await noted()).filter(({ id }) => id === 'evt_1')).toHaveLength(0)
    expect(before).toBeLessThanOrEqual((await noted()).length)
  })

  it('that is not signed is limited, and one that is never', async () => {
    const payload = eventOf()
    const statuses: number[] = []
    for (let i = 0; i < 61; i++) statuses.push((await post(payload, 't=1,v1=00')).status)

    expect(statuses.filter((status) => status === 400)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
    expect((await post(payload, signed(payload))).status).toBe(200)
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{"id":'],
    ['no event', '{}'],
    ['of no object', JSON.stringify({ id: 'evt_1', type: 'refund.created', created: 1, data: { object: [] } })],
    ['an id that nobody can carry', eventOf({ object: { id: 'pi_'.repeat(100) } })],
  ])('that is signed, and says %s, is refused', async (_what, payload) => {
    const answer = await post(payload, signed(payload))

    expect(answer.status).toBe(400)
    expect((await problemOf(answer)).detail).toBe('The webhook is signed, and is no event of the payment gateway.')
    expect(await noted()).toEqual([])
  })

  it('that is too large is refused', async () => {
    const payload = eventOf({ object: { metadata: { orderId: 'x'.repeat(70_000) } } })

    expect((await post(payload, signed(payload))).status).toBe(413)
  })

  it.each([
    ['an order we do not know', { object: { metadata: { orderId: 'nobody' } } }],
    [
      'a payment that is none of ours',
      { type: 'charge.dispute.created', object: { id: 'du_1', object: 'dispute', metadata: {} } },
    ],
    ['something else', { type: 'customer.created', object: { id: 'cus_1', object: 'customer' } }],
  ])('about %s is taken, and that is all', async (_what, parts: Parts) => {
    const payload = eventOf(parts)

    expect((await post(payload, signed(payload))).status).toBe(200)
    expect(await noted()).toEqual([])
    expect(await shop.db.read.event.count()).toBe(0)
  })

  it('about a payment whose order is not said is looked up, and is let go where it is none of ours', async () => {
    const other = await shop.gateway.stripe.paymentIntents.create({ amount: 100, currency: 'eur' })
    const refund = { id: 're_1', object: 'refund', payment_intent: other.id, metadata: {} }
    const payload = eventOf({ type: 'refund.created', object: refund })

    expect((await post(payload, signed(payload))).status).toBe(200)
    await shop.quiet()
    expect((await shop.db.read.inbox.findMany()).map(({ outcome }) => outcome)).toEqual(['done'])
    expect(await shop.db.read.payment.count()).toBe(0)
  })

  it('about what is paid already is no news', async () => {
    await shop.reserve('o1')
    await shop.is('o1', 'captured')
    const payload = eventOf()
    await post(payload, signed(payload))

    expect((await noted()).map(({ id }) => id)).toContain('evt_1')
    expect((await shop.told('o1', 'gateway.told')).filter(({ data }) => data.told === 'evt_1')).toEqual([])
  })

  it('comes through the shop’s own door to the byte', async () => {
    const orders = new OrderRig({ PAYMENT_URL: shop.url })
    await orders.open(shop.redis.url)
    const payload = eventOf()

    expect((await post(payload, signed(payload), orders.url)).status).toBe(200)
    expect((await post(payload, signed(`${payload} `), orders.url)).status).toBe(400)
    await shop.stop()
    expect((await post(payload, signed(payload), orders.url)).status).toBe(503) // so that it is sent again

    await orders.remove()
  })

  it('is heard from the gateway itself', async () => {
    await shop.reserve('o1', 'pm_card_authenticationRequired')
    await shop.answer('o1', 'confirm')
    await shop.is('o1', 'captured', 4_000) // before a sweep comes by

    await until(async () => (await noted()).some(({ type }) => type === 'payment_intent.succeeded'))
  })
})

describe('without a secret', () => {
  it('no webhook is believed', async () => {
    await shop.stop()
    const { start } = await import('../../services/payment/main.ts')
    const running = await start({ ...shop.config({ PAYMENT_PORT: '0' }), STRIPE_WEBHOOK_SECRET: undefined })
    const payload = eventOf()

    expect((await post(payload, signed(payload), running.url)).status).toBe(503)
    await running.stop()
  })
})
