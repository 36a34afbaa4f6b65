import type { Emit, Handler, Prepared } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { insertReservations, type Reservation, statesOf } from './reservations.ts'
import { readShelf, takeFromShelves } from './shelves.ts'
import { missingFor, type Shelf, take } from './stock.ts'

type Placed = Prepared<'order.placed'>['message']

/**
 * On `order.placed`: reserves all lines of an order or none, in order of arrival, and emits `stock.reserved`
 * or `stock.rejected`. An order that was cancelled before it came here has a tombstone and gets nothing.
 */
export const reserveStock: Handler<'order.placed', Client> = {
  async apply(tx, batch, emit) {
    const known = await statesOf(
      tx,
      batch.map(({ message }) => message.subject),
    )
    const orders = batch.map(({ message }) => message).filter(({ subject }) => !known.has(subject))
    const shelf = await readShelf(tx, skusIn(orders))
    const reservations = orders.map((order) => decide(order, shelf, emit))
    await insertReservations(tx, reservations)
    const reserved = reservations.filter(({ state }) => state === 'reserved')
    await takeFromShelves(
      tx,
      reserved.flatMap(({ lines }) => lines),
    )
  },
}

function skusIn(orders: Placed[]): string[] {
  return [...new Set(orders.flatMap(({ data }) => data.lines.map(({ sku }) => sku)))]
}

function decide(order: Placed, shelf: Shelf, emit: Emit): Reservation {
  const { subject: orderId, data } = order
  const { number, totalCents, currency, paymentMethod, payBy } = data
  const lines = data.lines.map(({ sku, quantity }) => ({ sku, quantity }))
  const missing = missingFor(lines, shelf)
  if (missing.length > 0) {
    emit({ name: 'stock.rejected', subject: orderId, data: { number, missing } })
    return { orderId, number, state: 'rejected', lines, at: Date.now() }
  }
  take(lines, shelf)
  emit({ name: 'stock.reserved', subject: orderId, data: { number, totalCents, currency, paymentMethod, payBy } })
  return { orderId, number, state: 'reserved', lines, at: Date.now() }
}
