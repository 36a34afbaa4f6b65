import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { failure, useGateway } from '../gateway-rig.ts'

const gateway = useGateway()

describe('charging', () => {
  it('a good card is charged, and the ledger says for which order', async () => {
    const intent = await gateway.charge('k1', { orderId: 'o-77', amount: 1999 })

    expect(intent).toMatchObject({
      status: 'succeeded',
      amount: 1999,
      amount_received: 1999,
      currency: 'eur',
    })
    expect(intent.metadata).toEqual({ orderId: 'o-77' })
    expect(await gateway.stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      id: intent.id,
      status: 'succeeded',
    })
    const entries = await gateway.ledger('o-77')
    expect(entries).toMatchObject([{ kind: 'charge', key: 'k1', amountCents: 1999, intentId: intent.id }])
    expect(await gateway.ledger('o-78')).toEqual([])
  })

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ])('%s is declined with %s, %s', async (card, code, declineCode) => {
    const error = await failure(gateway.charge('k1', { card }))

    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError)
    expect(error).toMatchObject({ statusCode: 402, code, decline_code: declineCode })
    expect(error.payment_intent).toMatchObject({ status: 'requires_payment_method', amount_received: 0 })
    expect(await gateway.ledger('o-1')).toMatchObject([{ kind: 'decline', declineCode }])
  })

  it('a card that nobody issued is refused and leaves no trace', async () => {
    const error = await failure(gateway.charge('k1', { card: 'pm_card_unheard_of' }))

    expect(error).toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'payment_method' })
    expect(await gateway.ledger()).toEqual([])
    await expect(gateway.charge('k1')).resolves.toMatchObject({ status: 'succeeded' })
  })

  it('a caller without a test key is refused', async () => {
    const body = 'amount=1&currency=eur&payment_method=pm_card_visa&confirm=true'

    expect((await gateway.post('/v1/payment_intents', body, { authorization: '' })).status).toBe(401)
    expect((await gateway.post('/v1/payment_intents', body, { authorization: 'Bearer sk_live_x' })).status).toBe(401)
    expect(await gateway.ledger()).toEqual([])
  })

  it('garbage is answered with a clear error, and the next charge works', async () => {
    const tooLarge = await gateway.post('/v1/payment_intents', `amount=${'1'.repeat(100_000)}`)
    const noForm = await gateway.post('/v1/payment_intents', '%%%\0&&&=[[[')
    const deep = await gateway.post('/v1/refunds', `a${'[b]'.repeat(100)}=1&payment_intent[x]=2`)
    const nowhere = await gateway.post('/v1/nowhere', '')

    expect([tooLarge.status, noForm.status, deep.status, nowhere.status]).toEqual([413, 400, 400, 404])
    expect(await noForm.json()).toMatchObject({ error: { type: 'invalid_request_error', param: 'amount' } })
    await expect(gateway.charge('k1')).resolves.toMatchObject({ status: 'succeeded' })
  })
})

describe('giving back', () => {
  it('a charge is refunded once, and the refund belongs to the order', async () => {
    const { id } = await gateway.charge('k1', { orderId: 'o-9' })

    const refund = await gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r1' })
    const replayed = await gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r1' })
    const second = await failure(gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r2' }))

    expect(refund).toMatchObject({ status: 'succeeded', amount: 4200, payment_intent: id })
    expect(replayed).toEqual(refund)
    expect(second).toMatchObject({ statusCode: 400, code: 'charge_already_refunded' })
    expect(await gateway.stripe.refunds.retrieve(refund.id)).toEqual(refund)
    expect(await gateway.ledger('o-9')).toMatchObject([{ kind: 'charge' }, { kind: 'refund', amountCents: 4200 }])
  })

  it('parts can be refunded until nothing is left, also across a restart', async () => {
    const { id } = await gateway.charge('k1', { amount: 1000 })

    await gateway.stripe.refunds.create({ payment_intent: id, amount: 600 })
    await gateway.shutDown()
    await gateway.boot()
    const tooMuch = await failure(gateway.stripe.refunds.create({ payment_intent: id, amount: 401 }))
    const rest = await gateway.stripe.refunds.create({ payment_intent: id })

    expect(tooMuch).toMatchObject({ statusCode: 400, param: 'amount' })
    expect(rest.amount).toBe(400)
  })

  it('two refunds of one charge at the same moment give the money back once', async () => {
    const { id } = await gateway.charge('k1')

    const outcomes = await Promise.allSettled([
      gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r1' }),
      gateway.stripe.refunds.create({ payment_intent: id }, { idempotencyKey: 'r2' }),
    ])

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await gateway.ledger()).toHaveLength(2)
  })

  it('what was never charged cannot be refunded, and what is unknown is missing', async () => {
    const declined = await failure(gateway.charge('k1', { card: 'pm_card_chargeDeclined' }))
    const id = String(declined.payment_intent?.id)

    expect(await failure(gateway.stripe.refunds.create({ payment_intent: id }))).toMatchObject({
      statusCode: 400,
    })
    for (const unknown of [
      gateway.stripe.refunds.create({ payment_intent: 'pi_x' }),
      gateway.stripe.refunds.retrieve('re_x'),
      gateway.stripe.paymentIntents.retrieve('pi_x'),
      gateway.stripe.paymentIntents.cancel('pi_x'),
    ]) {
      expect(await failure(unknown)).toMatchObject({ statusCode: 404, code: 'resource_missing' })
    }
  })

  it('a declined payment can be cancelled, a captured one cannot', async () => {
    const captured = await gateway.charge('k1')
    const declined = await failure(gateway.charge('k2', { card: 'pm_card_chargeDeclined' }))
    const id = String(declined.payment_intent?.id)

    const cancelled = await gateway.stripe.paymentIntents.cancel(id)

    expect(cancelled).toMatchObject({ id, status: 'canceled' })
    expect(await gateway.stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled' })
    expect(await failure(gateway.stripe.paymentIntents.cancel(captured.id))).toMatchObject({
      statusCode: 400,
      code: 'payment_intent_unexpected_state',
    })
  })
})
