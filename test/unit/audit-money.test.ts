import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

const pay = (orderId: string, change: string) =>
  shop.sql('payment', `UPDATE "Payment" SET ${change} WHERE orderId = '${orderId}'`)
const withoutLines = (kind: string, orderId: string) => {
  shop.ledger = shop.ledger.filter((entry) => entry.kind !== kind || entry.orderId !== orderId)
}

describe('in the ledger', () => {
  it('an order that was charged twice is found by its id', () => {
    shop.book('charge', 'paid')
    expect(shop.wrongs()).toEqual(['doubleCharged paid'])
  })

  it('an order that was charged twice and refunded twice is found too', () => {
    shop.book('charge', 'refunded')
    shop.book('refund', 'refunded')
    expect(shop.wrongs()).toEqual(['doubleCharged refunded'])
  })

  it('a charge for a rejected order is found', () => {
    shop.book('charge', 'rejected')
    expect(shop.wrongs()).toEqual(['chargedWithoutCause rejected'])
  })

  it('a charge for a declined order is found, though it was refunded', () => {
    shop.book('charge', 'declined')
    shop.book('refund', 'declined')
    expect(shop.wrongs()).toEqual(['chargedWithoutCause declined', 'paymentUnlikeLedger declined'])
  })

  it('a charge for an order that does not exist is found', () => {
    shop.book('charge', 'ghost')
    expect(shop.wrongs()).toEqual(['chargedWithoutCause ghost'])
  })

  it('a charge in nobody’s name is found', () => {
    shop.ledger.push({ kind: 'charge', intentId: 'pi_x', amountCents: 1, currency: 'eur' })
    expect(shop.wrongs()).toEqual(['chargedWithoutCause pi_x'])
  })

  it('a charge for a cancelled order without a refund is found', () => {
    shop.book('charge', 'released')
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger released', 'unrefunded released'])
  })

  it('a refund that never happened is found', () => {
    withoutLines('refund', 'refunded')
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger refunded', 'wrongMoney refunded'])
  })

  it('a refund of a paid order is found', () => {
    shop.book('refund', 'paid')
    expect(shop.wrongs()).toEqual(['wrongMoney paid'])
  })

  it('a refund beyond the charge is found', () => {
    shop.book('refund', 'hasty', { refundId: 're_other' })
    expect(shop.wrongs()).toEqual(['wrongMoney hasty'])
  })

  it('a paid order that was never charged is found', () => {
    withoutLines('charge', 'paid')
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger paid', 'wrongMoney paid'])
  })

  it.each([{ amountCents: 3_599 }, { currency: 'usd' }])('a charge with another price, %j, is found', (change) => {
    shop.ledger = shop.ledger.map((entry) => (entry.orderId === 'paid' ? { ...entry, ...change } : entry))
    expect(shop.wrongs()).toEqual(['wrongMoney paid'])
  })
})

describe('a payment', () => {
  it('without an order is found', () => {
    const price = { totalCents: 0, currency: 'EUR', paymentMethod: '' }
    shop.insert('payment', 'Payment', { orderId: 'ghost', number: 'x', state: 'cancelled', ...price, at: 1 })
    expect(shop.wrongs()).toEqual(['withoutOrder ghost'])
  })

  it('that is missing for a paid order is found', () => {
    shop.sql('payment', `DELETE FROM "Payment" WHERE orderId = 'paid'`)
    expect(shop.wrongs()).toEqual(['wrongPayment paid'])
  })

  it('over another sum than the order’s is found', () => {
    pay('paid', 'totalCents = 1')
    expect(shop.wrongs()).toEqual(['wrongPayment paid'])
  })

  it('that claims a charge the ledger does not know is found', () => {
    pay('paid', `chargeId = 'pi_other'`)
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger paid'])
  })

  it('that claims a refund the ledger does not know is found', () => {
    shop.sql('payment', `UPDATE "Refund" SET id = 're_other' WHERE orderId = 'refunded'`)
    expect(shop.wrongs()).toEqual(['paymentUnlikeLedger refunded', 'withoutEvent refunded'])
  })

  it('that was begun and never ended is found at rest', () => {
    pay('failed', `state = 'charging'`)
    expect(shop.wrongs()).toEqual(['wrongPayment failed'])
  })

  it('that was captured for a cancelled order and never refunded is found at rest, and excused before', () => {
    shop.book('charge', 'released')
    pay('released', `state = 'captured', chargeId = 'pi_released', totalCents = 3600`)
    shop.tell('released', 'payment.captured', 'cancelled')
    expect(shop.wrongs()).toEqual(['unexpectedMail released', 'unrefunded released', 'wrongPayment released'])
    shop.await('released')
    expect(shop.wrongs()).toEqual([])
  })
})
