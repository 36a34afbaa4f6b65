import type { Emit, Handler, Prepared } from '../../shared/handler.ts'
import { readAllotments, takeFromAllotments } from './allotments.ts'
import type { Client } from './db.ts'
import { insertReservations, offTheShelf, outOfAllotments, type Reservation, statesOf } from './reservations.ts'
import { readShelf, takeFromShelves } from './shelves.ts'
import { missingFor, type Shelf, take } from './stock.ts'

type Placed = Prepared<'order.placed'>['message']

/**
 * On `order.placed`: reserves all lines of an order or none, in order of arrival, and emits `stock.reserved`
 * or `stock.rejected`. An order of a sale is served out of what was set aside for that one, and all others from the shelf. An
 * order that was cancelled before it came here has a tombstone and gets nothing.
 */
export const reserveStock: Handler<'order.placed', Client> = {
  async apply(tx, batch, emit) {
    const known = await statesOf(
      tx,
      batch.map(({ message }) => message.subject),
    )
    const orders = batch.map(({ message }) => message).filter(({ subject }) => !known.has(subject))
    const shelf = await readShelf(tx, skusIn(orders))
    const allotments = await readAllotments(tx, salesIn(orders))
    const shelfFor = ({ data: { sale } }: Placed) => (sale === undefined ? shelf : (allotments.get(sale) ?? EMPTY))
    const reservations = orders.map((order) => decide(order, shelfFor(order), emit))
    await insertReservations(tx, reservations)
    const reserved = reservations.filter(({ state }) => state === 'reserved')
    await takeFromShelves(tx, offTheShelf(reserved))
    await takeFromAllotments(tx, outOfAllotments(reserved))
  },
}

const EMPTY: Shelf = new Map()

function salesIn(orders: Placed[]): string[] {
  return [...new Set(orders.flatMap(({ data }) => data.sale ?? []))]
}

function skusIn(orders: Placed[]): string[] {
  return [...new Set(orders.flatMap(({ data }) => data.lines.map(({ sku }) => sku)))]
}

function decide(order: Placed, shelf: Shelf, emit: Emit): Reservation {
  const { subject: orderId, data } = order
  const { number, totalCents, currency, paymentMethod, payBy, sale = null } = data
  const lines = data.lines.map(({ sku, quantity }) => ({ sku, quantity }))
  const missing = missingFor(lines, shelf)
  if (missing.length > 0) {
    emit({ name: 'stock.rejected', subject: orderId, data: { number, missing } })
    return { orderId, number, state: 'rejected', lines, at: Date.now(), sale }
  }
  take(lines, shelf)
  emit({ name: 'stock.reserved', subject: orderId, data: { number, totalCents, currency, paymentMethod, payBy } })
  return { orderId, number, state: 'reserved', lines, at: Date.now(), sale }
}
