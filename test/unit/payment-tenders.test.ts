import { describe, expect, it } from '@jest/globals'
import { MONEY, usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const shop = usePayment()
const { gateway } = shop
const intentOf = async (orderId: string) =>
  gateway.stripe.paymentIntents.retrieve(String((await shop.payment(orderId))?.chargeId))

describe('a card that came with the order', () => {
  it('is charged once, in one call', async () => {
    await shop.reserve('o1')

    const { chargeId } = await shop.is('o1', 'captured')

    expect(await gateway.ledger('o1')).toMatchObject([{ kind: 'charge', key: 'charge-o1', intentId: chargeId }])
    expect(await shop.told('o1')).toMatchObject([{ name: 'payment.captured', data: { chargeId, totalCents: 4_200 } }])
  })

  it('is charged once where the answer never came', async () => {
    await gateway.turn({ loseAnswers: 1 })
    await shop.reserve('o1')
    await until(async () => (await shop.ledger('o1')).length > 0)
    await gateway.turn({ loseAnswers: 0 })

    await shop.is('o1', 'captured')

    expect(await shop.ledger('o1')).toEqual(['charge'])
  })

  it('is not charged where the order came without one, nor twice where its message comes twice', async () => {
    await shop.tell('stock.reserved', 'later', {
      number: 'OL-2',
      totalCents: 1,
      currency: 'EUR',
      paymentMethod: null,
      payBy: 1,
    })
    await shop.tell(
      'stock.reserved',
      'o1',
      { number: 'OL-1', totalCents: 4_200, currency: 'EUR', paymentMethod: 'pm_card_visa', payBy: null },
      3,
    )

    await shop.is('o1', 'captured')
    await shop.quiet()

    expect(await shop.payment('later')).toBeUndefined()
    expect(await shop.ledger('o1')).toEqual(['charge'])
  })

  it('is declined with its reason, until when another one may be tried', async () => {
    const payBy = Date.now() + 60_000
    await shop.reserve('o1', 'pm_card_chargeDeclinedInsufficientFunds', payBy)

    const { reason } = await shop.is('o1', 'declined')

    expect(reason).toBe('insufficient_funds')
    expect(await shop.told('o1')).toMatchObject([
      { name: 'payment.declined', data: { reason: 'insufficient_funds', tender: 1, payBy } },
    ])
  })

  it('that nobody knows is declined, and nothing is begun', async () => {
    await shop.reserve('o1', 'pm_card_nobody')

    expect(await shop.is('o1', 'declined')).toMatchObject({ reason: 'unknown_payment_method', chargeId: null })
    expect(await shop.ledger('o1')).toEqual([])
  })
})

describe('another card', () => {
  it('is charged on the same payment, so that one order is never two charges', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    const first = await shop.is('o1', 'declined')
    await shop.tender('o1', 2, 'pm_card_chargeDeclinedExpiredCard')
    await shop.heard('o1', 'payment.declined', 2)
    await shop.tender('o1', 3, 'pm_card_visa')

    const paid = await shop.is('o1', 'captured')

    expect(paid).toMatchObject({ chargeId: first.chargeId, tender: 3, paymentMethod: 'pm_card_visa' })
    expect(await shop.ledger('o1')).toEqual(['decline', 'decline', 'charge'])
    expect(await shop.told('o1')).toMatchObject([
      { name: 'payment.declined', data: { tender: 1 } },
      { name: 'payment.declined', data: { tender: 2, reason: 'expired_card' } },
      { name: 'payment.captured' },
    ])
  })

  it('is the first one where the customer pays later', async () => {
    await shop.tender('o1', 1, 'pm_card_visa')

    expect(await shop.is('o1', 'captured')).toMatchObject({ tender: 1 })
    expect(await gateway.ledger('o1')).toMatchObject([{ key: 'charge-o1' }])
  })

  it('is offered once though its message comes again, also when the next one is out already', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    await shop.is('o1', 'declined')
    await shop.tender('o1', 2, 'pm_card_chargeDeclined')
    await shop.heard('o1', 'payment.declined', 2)
    await shop.tender('o1', 2, 'pm_card_visa') // a copy under another id, as after a replay
    await shop.reserve('o1', 'pm_card_visa')
    await shop.quiet()

    expect(await shop.ledger('o1')).toEqual(['decline', 'decline'])
    expect(await shop.payment('o1')).toMatchObject({ state: 'declined', tender: 2 })
  })

  it('begins a new payment where the one before was cancelled at the gateway', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    const { chargeId } = await shop.is('o1', 'declined')
    await gateway.stripe.paymentIntents.cancel(String(chargeId))
    await until(async () => (await shop.payment('o1'))?.chargeId === null)
    await shop.tender('o1', 2, 'pm_card_visa')

    const paid = await shop.is('o1', 'captured')

    expect(paid.chargeId).not.toBe(chargeId)
    expect(await shop.ledger('o1')).toEqual(['decline', 'cancel', 'charge'])
    expect(await shop.names('o1')).toEqual(['payment.declined', 'payment.captured'])
  })

  it('finds out where the payment was cancelled at the gateway and no one told', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    const { chargeId } = await shop.is('o1', 'declined')
    await gateway.stripe.paymentIntents.cancel(String(chargeId))
    await shop.tender('o1', 2, 'pm_card_visa')

    await shop.heard('o1', 'payment.declined', 2)
    expect(await shop.payment('o1')).toMatchObject({ state: 'declined', chargeId: null })

    await shop.tender('o1', 3, 'pm_card_visa')
    await shop.is('o1', 'captured')
    expect(await shop.ledger('o1')).toEqual(['decline', 'cancel', 'charge'])
  })
})

describe('a card whose holder is asked', () => {
  const ASKS = 'pm_card_authenticationRequired'

  it('waits for him, and is captured when he confirms', async () => {
    await shop.reserve('o1', ASKS)
    const { chargeId } = await shop.is('o1', 'challenged')
    expect(await shop.told('o1', 'payment.challenged')).toMatchObject([
      { data: { tender: 1, kind: 'confirm', url: expect.stringContaining('/challenge/') } },
    ])

    await shop.answer('o1', 'confirm')
    await shop.is('o1', 'captured')

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
    expect((await intentOf('o1')).id).toBe(chargeId)
    expect(await shop.ledger('o1')).toEqual(['open', 'charge'])
  })

  it('is sent back to his order', async () => {
    await shop.reserve('o1', ASKS)
    await shop.is('o1', 'challenged')

    const { next_action } = await intentOf('o1')

    expect(next_action?.redirect_to_url?.return_url).toBe('http://localhost:3000/orders/o1')
  })

  it('is declined where he refuses, and another card may be tried', async () => {
    await shop.reserve('o1', ASKS)
    await shop.answer('o1', 'refuse')
    await shop.is('o1', 'declined')
    expect(await shop.told('o1', 'payment.declined')).toMatchObject([{ data: { reason: 'authentication_failed' } }])

    await shop.tender('o1', 2, ASKS)
    await shop.heard('o1', 'payment.challenged', 2)
    await shop.answer('o1', 'confirm')
    await shop.is('o1', 'captured')

    expect(await shop.ledger('o1')).toEqual(['open', 'decline', 'open', 'charge'])
    expect(new Set((await gateway.ledger('o1')).map(({ intentId }) => intentId)).size).toBe(1)
  })

  it('is heard of by the sweep where no webhook comes', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', ASKS)
    await shop.answer('o1', 'confirm')

    await shop.is('o1', 'captured')

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
  })

  it('is heard of once though webhooks come late, three times, forged and in any order', async () => {
    await gateway.turn({ webhookCopies: 3, webhooksShuffled: true, webhookForged: 0.3, webhookDelayMs: 200 })
    for (const id of ['o1', 'o2', 'o3', 'o4']) await shop.reserve(id, ASKS)
    for (const id of ['o1', 'o2']) await shop.answer(id, 'confirm')
    for (const id of ['o3', 'o4']) await shop.answer(id, 'refuse')

    for (const id of ['o1', 'o2']) await shop.is(id, 'captured')
    for (const id of ['o3', 'o4']) await shop.is(id, 'declined')
    await shop.quiet()

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
    expect(await shop.names('o3')).toEqual(['payment.challenged', 'payment.declined'])
  })
})

describe('a time to pay that is over', () => {
  it('ends what its customer has not confirmed, at the gateway and here', async () => {
    await shop.reserve('o1', 'pm_card_authenticationRequired', Date.now() + 800)
    await shop.is('o1', 'challenged')

    await shop.is('o1', 'declined')

    expect(await shop.ledger('o1')).toEqual(['open', 'cancel'])
    expect(await shop.told('o1', 'payment.declined')).toMatchObject([{ data: { reason: 'not_confirmed' } }])
    expect((await shop.payment('o1'))?.chargeId).toBeNull()
  })

  it('is for the gateway to say: who has confirmed in time has paid, though nobody had heard of it', async () => {
    await gateway.turn({ webhooksOff: true })
    await shop.reserve('o1', 'pm_card_authenticationRequired', Date.now() + 1_000)
    await shop.answer('o1', 'confirm')

    await shop.is('o1', 'captured')

    expect(await shop.names('o1')).toEqual(['payment.challenged', 'payment.captured'])
    expect(await shop.ledger('o1')).toEqual(['open', 'charge'])
  })

  it('and a confirmation in the same moment have one outcome, never both', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `o${i}`)
    const payBy = Date.now() + 1_500
    for (const id of ids) await shop.reserve(id, 'pm_card_authenticationRequired', payBy)
    for (const id of ids) await shop.is(id, 'challenged')
    await until(() => Date.now() >= payBy - 5, { everyMs: 1 })
    await Promise.all(ids.map((id) => shop.answer(id, 'confirm').catch(() => {})))

    for (const id of ids) {
      const payment = await until(async () => {
        const found = await shop.payment(id)
        return found?.state !== 'challenged' && found
      })
      const isPaid = payment.state === 'captured'
      expect(await shop.ledger(id)).toEqual(['open', isPaid ? 'charge' : 'cancel'])
      expect(await shop.names(id)).toEqual(['payment.challenged', isPaid ? 'payment.captured' : 'payment.declined'])
    }
  })

  it('is a day for orders of versions before, which had none', async () => {
    const { number, totalCents, currency } = MONEY
    const data = { number, totalCents, currency, paymentMethod: 'pm_card_authenticationRequired', payBy: null }
    await shop.tell('stock.reserved', 'o1', data)
    await shop.is('o1', 'challenged')
    const dayAgo = Date.now() - 24 * 3_600_000
    await shop.db.write((tx) => tx.payment.update({ where: { orderId: 'o1' }, data: { at: dayAgo } }))

    await shop.is('o1', 'declined')

    expect(await shop.ledger('o1')).toEqual(['open', 'cancel'])
  })

  it('waits for a gateway that is away', async () => {
    await shop.reserve('o1', 'pm_card_authenticationRequired', Date.now() + 600)
    await shop.is('o1', 'challenged')
    await gateway.turn({ outage: true })
    await until(async () => (await shop.told('o1', 'gateway.told')).length > 0)
    expect((await shop.payment('o1'))?.state).toBe('challenged')
    await gateway.turn({ outage: false })

    await shop.is('o1', 'declined')
    expect(await shop.ledger('o1')).toEqual(['open', 'cancel'])
  })
})

describe('a payment that the gateway has to process', () => {
  it('is captured, or declined, when it says so', async () => {
    await gateway.turn({ settleMs: 300 })
    await shop.reserve('o1', 'pm_successDelayed_de')
    await shop.reserve('o2', 'pm_failedDelayed_de')

    await shop.is('o1', 'processing')
    await shop.is('o1', 'captured')
    await shop.is('o2', 'declined')

    expect(await shop.names('o1')).toEqual(['payment.captured'])
    expect(await shop.names('o2')).toEqual(['payment.declined'])
  })
})
