import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { BACK, failure, useGateway } from '../gateway-rig.ts'

const gateway = useGateway()
const EUR_42 = { amount: 4200, currency: 'eur' }

describe('an intent', () => {
  it('waits for a card, then for a confirmation, and is charged once', async () => {
    const bare = await gateway.stripe.paymentIntents.create(EUR_42)
    const chosen = await gateway.stripe.paymentIntents.create({ ...EUR_42, payment_method: 'pm_card_visa' })

    const paid = await gateway.stripe.paymentIntents.confirm(chosen.id, { return_url: BACK })
    const again = await failure(gateway.stripe.paymentIntents.confirm(chosen.id, { payment_method: 'pm_card_gb' }))

    expect([bare.status, chosen.status, paid.status]).toEqual([
      'requires_payment_method',
      'requires_confirmation',
      'succeeded',
    ])
    expect(again).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' })
    expect((await gateway.ledger()).map(({ kind }) => kind)).toEqual(['open', 'open', 'charge'])
  })

  it('takes another card after a decline, and says so until then', async () => {
    const declined = await failure(gateway.charge('k1', { card: 'pm_card_chargeDeclinedInsufficientFunds' }))
    const id = String(declined.payment_intent?.id)
    const nothingLeft = await failure(gateway.stripe.paymentIntents.confirm(id))
    const before = await gateway.stripe.paymentIntents.retrieve(id)

    const paid = await gateway.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_mastercard' })

    expect(before).toMatchObject({
      payment_method: null,
      last_payment_error: { type: 'card_error', decline_code: 'insufficient_funds', payment_method: { type: 'card' } },
    })
    expect(nothingLeft).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' })
    expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null, payment_method: 'pm_card_mastercard' })
    expect(paid.latest_charge).not.toBe(before.latest_charge)
  })

  it('wants to know where to come back to, if it may lead away', async () => {
    const params = { ...EUR_42, payment_method: 'pm_card_visa', confirm: true }

    const lacking = await failure(gateway.stripe.paymentIntents.create(params))
    const typed = await gateway.stripe.paymentIntents.create({ ...params, allowed_payment_method_types: ['card'] })

    expect(lacking).toMatchObject({ statusCode: 400, param: 'return_url' })
    expect(typed.status).toBe('succeeded')
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('names a field that it does not know', async () => {
    const body = 'amount=1&currency=eur&ammount=2'

    const response = await gateway.post('/v1/payment_intents', body)

    expect([response.status, await response.json()]).toMatchObject([
      400,
      { error: { code: 'parameter_unknown', param: 'ammount' } },
    ])
  })

  it('is found by its order, with its charge and refunds if they are wanted', async () => {
    await gateway.charge('k1', { orderId: "it's" })
    const { id } = await gateway.charge('k2', { orderId: 'o-2' })
    await gateway.stripe.refunds.create({ payment_intent: id, amount: 200 })

    const { data } = await gateway.stripe.paymentIntents.search({ query: "metadata['orderId']:'it\\'s'" })
    const shown = await gateway.stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] })
    const listed = await gateway.stripe.paymentIntents.list({ limit: 1 })

    expect(data.map(({ metadata }) => metadata.orderId)).toEqual(["it's"])
    expect(shown.latest_charge).toMatchObject({
      object: 'charge',
      paid: true,
      amount_refunded: 200,
      refunds: { data: [{ amount: 200 }] },
    })
    expect([listed.data[0]?.id, listed.has_more]).toEqual([id, true])
    const later = Math.floor(Date.now() / 1_000) + 60
    expect((await gateway.stripe.paymentIntents.list({ created: { gt: later } })).data).toEqual([])
    expect((await gateway.stripe.paymentIntents.list({ created: { lte: later } })).data).toHaveLength(2)
    expect(await failure(gateway.stripe.paymentIntents.search({ query: 'whatever' }))).toMatchObject({ param: 'query' })
  })
})

describe('a card that asks its holder', () => {
  it('is charged when he has confirmed, who comes back to the shop', async () => {
    const asked = await gateway.challenge('k1')
    const page = await fetch(String(asked.next_action?.redirect_to_url?.url))
    const text = await page.text()

    const back = await gateway.answer(asked, 'confirm')

    expect(asked).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: BACK } },
    })
    expect(text).toContain('€42.00')
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:9")
    expect(`${back.origin}${back.pathname}`).toBe('http://localhost:9/orders/o-1')
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      tab: 'pay',
      payment_intent: asked.id,
      redirect_status: 'succeeded',
    })
    const paid = await gateway.stripe.paymentIntents.retrieve(asked.id, { expand: ['latest_charge'] })
    expect(paid).toMatchObject({ status: 'succeeded', next_action: null })
    expect(paid.latest_charge).toMatchObject({
      payment_method_details: { card: { three_d_secure: { result: 'authenticated' } } },
    })
  })

  it('is not charged when he refuses, and another card may be tried', async () => {
    const asked = await gateway.challenge('k1')

    const back = await gateway.answer(asked, 'refuse')

    expect(back.searchParams.get('redirect_status')).toBe('failed')
    expect(await gateway.stripe.paymentIntents.retrieve(asked.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
      latest_charge: null,
    })
    await expect(gateway.answer(asked, 'confirm')).rejects.toThrow('200')
    const paid = await gateway.stripe.paymentIntents.confirm(asked.id, {
      payment_method: 'pm_card_visa',
      return_url: BACK,
    })
    expect(paid.status).toBe('succeeded')
  })

  it('may be declined all the same, after he has confirmed', async () => {
    const asked = await gateway.challenge('k1', { card: 'pm_card_threeDSecureRequiredChargeDeclined' })

    const back = await gateway.answer(asked, 'confirm')

    expect(back.searchParams.get('redirect_status')).toBe('failed')
    expect(await gateway.ledger()).toMatchObject([
      { kind: 'open' },
      { kind: 'decline', declineCode: 'generic_decline' },
    ])
  })

  it('is not asked any more once the payment is cancelled, or another card was tried', async () => {
    const [first, second] = [await gateway.challenge('k1'), await gateway.challenge('k2')]
    await gateway.stripe.paymentIntents.cancel(first.id, { cancellation_reason: 'abandoned' })
    const anew = await gateway.stripe.paymentIntents.confirm(second.id, { return_url: BACK })

    await expect(gateway.answer(first, 'confirm')).rejects.toThrow('200')
    await expect(gateway.answer(second, 'confirm')).rejects.toThrow('200')
    await gateway.answer(anew, 'confirm')

    expect((await gateway.ledger()).filter(({ kind }) => kind === 'charge')).toMatchObject([{ intentId: second.id }])
    expect(await gateway.stripe.paymentIntents.retrieve(first.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
    })
  })

  it('is declined where nobody is there to ask', async () => {
    const params = { ...EUR_42, payment_method: 'pm_card_authenticationRequired', confirm: true, return_url: BACK }

    const strict = await failure(gateway.stripe.paymentIntents.create({ ...params, error_on_requires_action: true }))
    const away = await failure(gateway.stripe.paymentIntents.create({ ...params, off_session: true }))

    for (const error of [strict, away]) {
      expect(error).toBeInstanceOf(Stripe.errors.StripeCardError)
      expect(error).toMatchObject({ statusCode: 402, code: 'authentication_required' })
      expect(error.payment_intent?.status).toBe('requires_payment_method')
    }
  })

  it('is asked by the SDK where there is nowhere to come back to', async () => {
    const { next_action } = await gateway.charge('k1', { card: 'pm_card_threeDSecure2Required' })

    expect(next_action).toMatchObject({
      type: 'use_stripe_sdk',
      use_stripe_sdk: { stripe_js: expect.stringContaining(gateway.url) },
    })
  })

  it('is still asked after a restart', async () => {
    const asked = await gateway.challenge('k1')
    const page = new URL(String(asked.next_action?.redirect_to_url?.url)).pathname
    await gateway.reboot()

    const response = await fetch(`${gateway.url}${page}`, {
      method: 'POST',
      body: new URLSearchParams({ answer: 'confirm' }),
      redirect: 'manual',
    })

    expect(response.status).toBe(303)
    expect(await gateway.stripe.paymentIntents.retrieve(asked.id)).toMatchObject({ status: 'succeeded' })
  })
})
