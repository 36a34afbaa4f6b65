import { describe, expect, it } from '@jest/globals'
import type Stripe from 'stripe'
import { failure, useGateway } from '../gateway-rig.ts'
import { until } from '../until.ts'

const gateway = useGateway()
const SUCCESS = 'http://localhost:9/orders/o-1?session={CHECKOUT_SESSION_ID}'
const CANCEL = 'http://localhost:9/orders/o-1'

const inMinutes = (minutes: number) => Math.floor(Date.now() / 1_000) + minutes * 60

function open(more: Stripe.Checkout.SessionCreateParams = {}) {
  const mug = { currency: 'eur', unit_amount: 1_250, product_data: { name: 'Mug <b>' } }
  return gateway.stripe.checkout.sessions.create({
    ...{ mode: 'payment', success_url: SUCCESS, cancel_url: CANCEL, client_reference_id: 'o-1' },
    line_items: [{ quantity: 2, price_data: mug }],
    metadata: { orderId: 'o-1' },
    payment_intent_data: { metadata: { orderId: 'o-1', number: 'OL-1' } },
    expires_at: inMinutes(31),
    ...more,
  })
}

/** Pays on the page; resolves with where it leads, or the page that is shown instead. */
async function pay({ id }: { id: string }, card: string): Promise<{ status: number; location: string; text: string }> {
  const response = await fetch(`${gateway.url}/pay/${id}`, {
    method: 'POST',
    body: new URLSearchParams({ card }),
    redirect: 'manual',
  })
  return { status: response.status, location: response.headers.get('location') ?? '', text: await response.text() }
}

const page = async (url: string) => (await fetch(new URL(url, gateway.url))).text()
const session = (id: string) =>
  gateway.stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent', 'line_items'] })

describe('a hosted page', () => {
  it('shows what is to be paid, takes a card, and leads back to the shop', async () => {
    const opened = await open()
    const text = await page(String(opened.url))

    const { location } = await pay(opened, 'pm_card_visa')

    expect(opened).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      amount_total: 2_500,
      payment_intent: null,
    })
    expect(text).toContain('2 × Mug &lt;b&gt;')
    expect(text).toContain(`href="${CANCEL}"`)
    expect(location).toBe(SUCCESS.replace('{CHECKOUT_SESSION_ID}', opened.id))
    expect(await session(opened.id)).toMatchObject({
      ...{ status: 'complete', payment_status: 'paid', url: null, client_reference_id: 'o-1' },
      payment_intent: { status: 'succeeded', metadata: { orderId: 'o-1', number: 'OL-1' } },
      line_items: { data: [{ quantity: 2, amount_total: 2_500 }] },
    })
    expect((await gateway.told()).at(-1)).toBe('checkout.session.completed')
    expect((await gateway.ledger('o-1')).map(({ kind, status }) => [kind, status])).toEqual([
      ['session', 'open'],
      ['charge', undefined],
      ['session', 'complete'],
    ])
  })

  it('takes another card after a decline, by the same intent, but none once it is paid', async () => {
    const opened = await open()

    const declined = await pay(opened, 'pm_card_chargeDeclinedInsufficientFunds')
    const told = await page(declined.location)
    const paid = await pay(opened, 'pm_card_visa')
    const twice = await pay(opened, 'pm_card_visa')

    expect(told).toContain('insufficient funds')
    expect(paid.location).toContain('/orders/o-1')
    expect([twice.status, twice.text.includes('all done')]).toEqual([200, true])
    const entries = await gateway.ledger('o-1')
    expect(entries.map(({ kind }) => kind)).toEqual(['session', 'decline', 'charge', 'session'])
    expect(new Set(entries.slice(1).map(({ intentId }) => intentId)).size).toBe(1)
  })

  it('asks the holder of a card, who comes back to it if he refuses', async () => {
    const opened = await open()
    const first = await pay(opened, 'pm_card_authenticationRequired')
    const refused = await fetch(new URL(first.location, gateway.url), {
      method: 'POST',
      body: new URLSearchParams({ answer: 'refuse' }),
      redirect: 'manual',
    })
    const back = await page(String(refused.headers.get('location')))
    const second = await pay(opened, 'pm_card_authenticationRequired')

    const confirmed = await fetch(new URL(second.location, gateway.url), {
      method: 'POST',
      body: new URLSearchParams({ answer: 'confirm' }),
      redirect: 'manual',
    })

    expect(back).toContain('You have not confirmed the payment.')
    expect(confirmed.headers.get('location')).toContain(`session=${opened.id}`)
    expect(await session(opened.id)).toMatchObject({ status: 'complete', payment_status: 'paid' })
  })

  it('takes no token that nobody knows, and is nowhere but at its own address', async () => {
    const opened = await open()

    const unknown = await pay(opened, 'pm_card_unheard_of')

    expect([unknown.status, unknown.text.includes('No such PaymentMethod')]).toEqual([402, true])
    expect((await pay({ id: 'cs_test_x' }, 'pm_card_visa')).status).toBe(404)
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('is expired on demand, with the intent that it has made, and takes nothing any more', async () => {
    const opened = await open()
    await pay(opened, 'pm_card_chargeDeclined')
    const { payment_intent: intent } = await gateway.stripe.checkout.sessions.retrieve(opened.id)
    const direct = await failure(gateway.stripe.paymentIntents.cancel(String(intent)))

    const expired = await gateway.stripe.checkout.sessions.expire(opened.id, {}, { idempotencyKey: 'e1' })
    const replayed = await gateway.stripe.checkout.sessions.expire(opened.id, {}, { idempotencyKey: 'e1' })
    const again = await failure(gateway.stripe.checkout.sessions.expire(opened.id))

    expect(direct.code).toBe('payment_intent_unexpected_state')
    expect([expired.status, replayed.status, again.statusCode]).toEqual(['expired', 'expired', 400])
    expect((await pay(opened, 'pm_card_visa')).status).toBe(410)
    expect(await gateway.stripe.paymentIntents.retrieve(String(intent))).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
    })
    expect((await gateway.told()).slice(-2)).toEqual(['checkout.session.expired', 'payment_intent.canceled'])
  })

  it('expires by itself, also while the gateway was away', async () => {
    const [first, second] = [await open(), await open({ expires_at: inMinutes(60) })]
    await gateway.turn({ aheadMs: 45 * 60_000 })
    await until(async () => (await session(first.id)).status === 'expired')
    expect((await session(second.id)).status).toBe('open')
    expect((await pay(first, 'pm_card_visa')).status).toBe(410)
    expect((await gateway.ledger()).map(({ kind }) => kind)).not.toContain('charge')

    await gateway.reboot()
    await gateway.turn({ aheadMs: 65 * 60_000 })

    await until(async () => (await session(second.id)).status === 'expired')
  })

  it('may last from 30 minutes to a day', async () => {
    for (const minutes of [29, 24 * 60 + 1])
      expect(await failure(open({ expires_at: inMinutes(minutes) }))).toMatchObject({
        statusCode: 400,
        param: 'expires_at',
      })
    expect(await gateway.ledger()).toEqual([])
    expect((await open({ expires_at: inMinutes(24 * 60) })).status).toBe('open')
  })

  it('is complete before a direct debit is paid, or is not', async () => {
    await gateway.turn({ settleMs: 300 })
    const [good, bad] = [await open(), await open()]

    const { location } = await pay(good, 'pm_successDelayed_de')
    await pay(bad, 'pm_failedDelayed_de')

    expect(location).toContain('/orders/o-1')
    expect(await session(good.id)).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    })
    await until(async () => (await session(good.id)).payment_status === 'paid')
    await until(async () => (await gateway.told()).includes('checkout.session.async_payment_failed'))
    expect(await gateway.told()).toEqual(
      expect.arrayContaining(['payment_intent.processing', 'checkout.session.async_payment_succeeded']),
    )
    expect(await session(bad.id)).toMatchObject({
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method' },
    })
  })
})
