import type { Emit, Handler, Prepared } from '../../shared/handler.ts'
import { jsonRows } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import { insertReservations, type Reservation, statesOf } from './reservations.ts'
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
      batch.map(({ message }) => message.orderId),
    )
    const orders = batch.map(({ message }) => message).filter(({ orderId }) => !known.has(orderId))
    const shelf = await readShelf(tx, orders)
    const reservations = orders.map((order) => decide(order, shelf, emit))
    await insertReservations(tx, reservations)
    await takeFromShelf(
      tx,
      reservations.filter(({ state }) => state === 'reserved'),
    )
  },
}

function decide(order: Placed, shelf: Shelf, emit: Emit): Reservation {
  const { orderId, data } = order
  const { number, totalCents, currency, paymentMethod } = data
  const lines = data.lines.map(({ sku, quantity }) => ({ sku, quantity }))
  const missing = missingFor(lines, shelf)
  if (missing.length > 0) {
    emit({ name: 'stock.rejected', orderId, data: { number, missing } })
    return { orderId, number, state: 'rejected', lines, at: Date.now() }
  }
  take(lines, shelf)
  emit({ name: 'stock.reserved', orderId, data: { number, totalCents, currency, paymentMethod } })
  return { orderId, number, state: 'reserved', lines, at: Date.now() }
}

async function readShelf(tx: Client, orders: Placed[]): Promise<Shelf> {
  const skus = [...new Set(orders.flatMap(({ data }) => data.lines.map(({ sku }) => sku)))]
  const rows = await jsonRows<[string, number]>(tx.$queryRaw`
    SELECT json_group_array(json_array(sku, available)) AS json
    FROM "Stock" WHERE sku IN (SELECT value FROM json_each(${JSON.stringify(skus)}))`)
  return new Map(rows)
}

/** One statement for the whole batch; the table's own CHECK refuses to go below zero. */
async function takeFromShelf(tx: Client, reservations: Reservation[]): Promise<void> {
  const lines = JSON.stringify(reservations.flatMap((reservation) => reservation.lines))
  await tx.$executeRaw`
    UPDATE "Stock" SET available = available - taken.quantity
    FROM (SELECT value->>'sku' AS sku, SUM(value->>'quantity') AS quantity FROM json_each(${lines}) GROUP BY 1) AS taken
    WHERE "Stock".sku = taken.sku`
}
