import { describe, expect, it } from '@jest/globals'
import Stripe from 'stripe'
import { failure, useGateway } from '../gateway-rig.ts'

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
