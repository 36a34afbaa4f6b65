import { describe, expect, it } from '@jest/globals'
import { usePayment } from '../payment-rig.ts'
import { until } from '../until.ts'

const shop = usePayment()
const { gateway } = shop
const DAY_MS = 24 * 3_600_000

/** A payment that was begun so long ago, before anybody heard an answer. */
async function begun(orderId: string, agoMs: number, parts: object = {}): Promise<void> {
  const data = { orderId, number: 'OL-1', state: 'charging', totalCents: 4_200, currency: 'EUR' }
  await shop.db.write((tx) =>
    tx.payment.create({ data: { ...data, paymentMethod: 'pm_card_visa', at: Date.now() - agoMs, ...parts } }),
  )
}

const made = (orderId: string, card: string, more: object = {}) => {
  const params = { amount: 4_200, currency: 'eur', payment_method: card, confirm: true, metadata: { orderId } }
  const options = { idempotencyKey: `charge-${orderId}` }
  const back = { return_url: `http://localhost:3000/orders/${orderId}` }
  return gateway.stripe.paymentIntents.create({ ...params, ...back, ...more }, options).catch(() => {})
}

describe('a charge whose answer never came, for longer than its key is good', () => {
  it('is found by what it was made for, and not made again', async () => {
    await made('o1', 'pm_card_visa')
    await gateway.turn({ aheadMs: 2 * DAY_MS }) // it has forgotten the key
    await begun('o1', 2 * DAY_MS)
    await shop.reserve('o1')

    await shop.is('o1', 'captured')

    expect(await shop.ledger('o1')).toEqual(['charge'])
  })

  it('is found where it was declined', async () => {
    await made('o1', 'pm_card_chargeDeclined')
    await gateway.turn({ aheadMs: 2 * DAY_MS })
    await begun('o1', 2 * DAY_MS)
    await shop.reserve('o1')

    await shop.is('o1', 'declined')

    expect(await shop.ledger('o1')).toEqual(['decline'])
  })

  it('is made where the gateway has never heard of it', async () => {
    await begun('o1', 2 * DAY_MS)
    await shop.reserve('o1')

    await shop.is('o1', 'captured')

    expect(await shop.ledger('o1')).toEqual(['charge'])
  })

  it('is not made for an order that was cancelled meanwhile, but found, and refunded', async () => {
    await made('o1', 'pm_card_visa')
    await gateway.turn({ aheadMs: 2 * DAY_MS })
    await begun('o1', 2 * DAY_MS)
    await shop.cancel('o1')

    await shop.is('o1', 'refunded')

    expect(await shop.ledger('o1')).toEqual(['charge', 'refund'])
  })

  it('is looked at where it was another card of the same payment', async () => {
    await shop.reserve('o1', 'pm_card_chargeDeclined')
    const { chargeId } = await shop.is('o1', 'declined')
    await begun('o2', 2 * DAY_MS, { chargeId, tender: 2 }) // of a payment that is where it was
    await shop.tender('o2', 2, 'pm_card_visa')

    await shop.is('o2', 'declined')

    expect(await shop.ledger('o1')).toEqual(['decline'])
  })
})

describe('a charge that was begun by a version before', () => {
  const asBefore = {
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    error_on_requires_action: true,
    return_url: undefined,
    metadata: undefined,
  }

  it.each([
    ['pm_card_visa', 'captured', ['charge']],
    ['pm_card_chargeDeclined', 'declined', ['decline']],
  ] as const)('under the same key in other words is found: %s', async (card, state, ledger) => {
    await made('o1', card, { ...asBefore, metadata: { orderId: 'o1', number: 'OL-1' } })
    await begun('o1', 1_000)
    await shop.reserve('o1', card)

    await shop.is('o1', state)

    expect(await shop.ledger('o1')).toEqual(ledger)
  })
})

describe('what the gateway will never do', () => {
  it('is a decline: an order over less than it takes', async () => {
    await shop.tell('stock.reserved', 'o1', {
      ...{ number: 'OL-1', totalCents: 0, currency: 'EUR', paymentMethod: 'pm_card_visa', payBy: null },
    })

    expect(await shop.is('o1', 'declined')).toMatchObject({ reason: 'processing_error', chargeId: null })
    expect(await shop.told('o1', 'payment.declined')).toMatchObject([{ data: { reason: 'processing_error' } }])
    await until(async () => (await shop.db.read.deadLetter.count()) === 0)
  })
})
