import { describe, expect, it } from '@jest/globals'
import { useSmallShop } from '../audit-rig.ts'

const shop = useSmallShop()

/** Lets inventory's own sums come out right, whatever has been done to its reservations. */
const balance = () =>
  shop.sql(
    'inventory',
    `UPDATE "Stock" SET available = received - (
       SELECT COALESCE(SUM(line.value->>'quantity'), 0) FROM "Reservation", json_each(lines) AS line
       WHERE state = 'reserved' AND line.value->>'sku' = "Stock".sku)`,
  )

describe('stock', () => {
  it('that leaked is found by its product', () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = 4 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['stockDrift PEN'])
  })

  it('that was given back twice is found', () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = available + 2 WHERE sku = 'MUG'`)
    expect(shop.wrongs()).toEqual(['stockDrift MUG'])
  })

  it('below zero is found', () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = -1 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['stockDrift PEN'])
  })

  it('beyond what came in is found', () => {
    shop.sql('inventory', `UPDATE "Stock" SET available = 6 WHERE sku = 'PEN'`)
    expect(shop.wrongs()).toEqual(['stockDrift PEN'])
  })

  it('sold beyond what came in is found, even where inventory has made its own books fit', () => {
    shop.sql('inventory', `UPDATE "Stock" SET received = 1, available = -1 WHERE sku = 'MUG'`)
    expect(shop.wrongs()).toEqual(['oversold MUG', 'stockDrift MUG'])
  })

  it('that was reserved and never came in is found', () => {
    shop.sql('inventory', `DELETE FROM "Stock" WHERE sku = 'MUG'`)
    expect(shop.wrongs()).toEqual(['oversold MUG', 'stockDrift MUG'])
  })
})

describe('a reservation', () => {
  const reserve = (state: string, orderId: string) => {
    shop.sql('inventory', `UPDATE "Reservation" SET state = '${state}' WHERE orderId = '${orderId}'`)
    balance()
  }

  it('without an order is found', () => {
    shop.insert('inventory', 'Reservation', { orderId: 'ghost', number: 'x', state: 'released', lines: '[]', at: 1 })
    expect(shop.wrongs()).toEqual(['withoutOrder ghost'])
  })

  it('of other goods than the order asks for is found', () => {
    shop.sql('inventory', `UPDATE "Reservation" SET lines = '[{"sku":"MUG","quantity":1}]' WHERE orderId = 'paid'`)
    balance()
    expect(shop.wrongs()).toEqual(['wrongReservation paid'])
  })

  it('that a paid order has lost is found', () => {
    reserve('released', 'paid')
    expect(shop.wrongs()).toEqual(['untold paid', 'withoutEvent paid', 'wrongReservation paid'])
  })

  it.each(['declined', 'released', 'refunded'])('that the %s order was never rid of is found', (orderId) => {
    reserve('reserved', orderId)
    expect(shop.wrongs()).toEqual([`wrongReservation ${orderId}`])
  })

  it('that a rejected order got all the same is found', () => {
    reserve('reserved', 'rejected')
    expect(shop.wrongs()).toEqual(['untold rejected', 'withoutEvent rejected', 'wrongReservation rejected'])
  })

  it('that is missing for a cancelled order is found, for inventory must have heard of the cancel', () => {
    shop.sql('inventory', `DELETE FROM "Reservation" WHERE orderId = 'cancelled'`)
    expect(shop.wrongs()).toEqual(['wrongReservation cancelled'])
  })

  it('that a declined order still has is excused in a busy shop', () => {
    reserve('reserved', 'declined')
    shop.await('declined')
    expect(shop.wrongs()).toEqual([])
  })
})
