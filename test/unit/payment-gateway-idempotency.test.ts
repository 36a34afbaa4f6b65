import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { BACK, failure, useGateway } from '../gateway-rig.ts'

const gateway = useGateway()

describe('idempotency', () => {
  it('the same key and parameters get the same answer, and the card is charged once', async () => {
    const first = await gateway.charge('k1')
    const again = await gateway.charge('k1')

    expect(again).toEqual(first)
    expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('a decline is replayed too', async () => {
    const first = await failure(gateway.charge('k1', { card: 'pm_card_chargeDeclined' }))
    const again = await failure(gateway.charge('k1', { card: 'pm_card_chargeDeclined' }))

    expect(again.payment_intent?.id).toBe(first.payment_intent?.id)
    expect(again.headers?.['idempotent-replayed']).toBe('true')
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('a key that comes back with another amount or at another endpoint is an idempotency error', async () => {
    const card = 'pm_card_chargeDeclined'
    const [first, second] = [
      await failure(gateway.charge('k1', { card })),
      await failure(gateway.charge('k2', { card })),
    ]
    await gateway.stripe.paymentIntents.cancel(String(first.payment_intent?.id), {}, { idempotencyKey: 'k3' })

    const otherAmount = await failure(gateway.charge('k1', { card, amount: 1 }))
    const otherEndpoint = await failure(
      gateway.stripe.paymentIntents.cancel(String(second.payment_intent?.id), {}, { idempotencyKey: 'k3' }),
    )

    for (const error of [otherAmount, otherEndpoint]) {
      expect(error).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
      expect(error.statusCode).toBe(400)
    }
    expect(await gateway.ledger()).toHaveLength(3)
  })

  it('a key that is still being carried out is a conflict', async () => {
    await gateway.turn({ delayMs: 200 })

    const outcomes = await Promise.allSettled([gateway.charge('k1'), gateway.charge('k1')])

    const [conflict] = outcomes.filter(({ status }) => status === 'rejected')
    expect(conflict).toMatchObject({ reason: { statusCode: 409, code: 'idempotency_key_in_use' } })
    expect(await gateway.ledger()).toHaveLength(1)
  })

  it('a key is forgotten after 24 hours, and not a minute before', async () => {
    const first = await gateway.charge('k1')
    await gateway.turn({ aheadMs: 24 * 3_600_000 - 60_000 })
    const inTime = await gateway.charge('k1')
    await gateway.turn({ aheadMs: 24 * 3_600_000 })

    const late = await gateway.charge('k1', { amount: 1 })

    expect(inTime).toEqual(first)
    expect(late.id).not.toBe(first.id)
    expect(late.lastResponse.headers['idempotent-replayed']).toBeUndefined()
    expect((await gateway.charge('k1', { amount: 1 })).id).toBe(late.id)
    expect(await gateway.ledger()).toHaveLength(2)
  })

  it('an answer that is given again shows how it was, whatever has become of it', async () => {
    const asked = await gateway.challenge('k1')
    await gateway.answer(asked, 'refuse')
    const confirm = () =>
      gateway.stripe.paymentIntents.confirm(
        asked.id,
        { payment_method: 'pm_card_visa', return_url: BACK, expand: ['latest_charge'] },
        { idempotencyKey: 'k2' },
      )
    const paid = await confirm()
    await gateway.stripe.refunds.create({ payment_intent: asked.id, amount: 100 })

    expect(await gateway.challenge('k1')).toEqual(asked)
    expect(await confirm()).toEqual(paid)
  })

  it('of two changes of one object at the same moment one is told to come again', async () => {
    const { id } = await gateway.challenge('k1')
    await gateway.turn({ delayMs: 200 })

    const outcomes = await Promise.allSettled([
      gateway.stripe.paymentIntents.cancel(id),
      gateway.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa', return_url: BACK }),
    ])

    const refused = outcomes.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([
      { reason: { statusCode: 429, code: 'lock_timeout', headers: { 'stripe-should-retry': 'true' } } },
    ])
    expect(await gateway.ledger()).toHaveLength(2)
  })

  it('after a restart the ledger still knows the key', async () => {
    const first = await gateway.charge('k1')
    const declined = await failure(gateway.charge('k2', { card: 'pm_card_chargeDeclined' }))
    await gateway.shutDown()
    await gateway.boot()

    const again = await gateway.charge('k1')
    const declinedAgain = await failure(gateway.charge('k2', { card: 'pm_card_chargeDeclined' }))

    expect(again).toEqual(first)
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true')
    expect(declinedAgain.payment_intent).toEqual(declined.payment_intent)
    expect(await gateway.ledger()).toHaveLength(2)
  })
})
