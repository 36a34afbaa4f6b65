import type { Handler } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { insertReservations } from './reservations.ts'

type Gone = { orderId: string; data: { number: string } }

/** On `payment.declined`: gives back what was reserved for the order. */
export const releaseDeclined: Handler<'payment.declined', Client> = {
  says: 'stock.released',
  apply: (tx, batch) =>
    release(
      tx,
      batch.map(({ message }) => message),
    ),
}

/** On `order.cancelled`: gives back what was reserved, or leaves a tombstone where the order is yet to come. */
export const releaseCancelled: Handler<'order.cancelled', Client> = {
  says: 'stock.released',
  async apply(tx, batch) {
    const orders = batch.map(({ message }) => message)
    await release(tx, orders)
    const tombstones = orders.map(({ orderId, data }) => ({
      orderId,
      number: data.number,
      state: 'cancelled' as const,
      lines: [],
      at: Date.now(),
    }))
    await insertReservations(tx, tombstones)
  },
}

/** Puts the lines back and turns `reserved` into `released`, in that order: the second makes the first once only. */
async function release(tx: Client, orders: Gone[]): Promise<void> {
  const ids = JSON.stringify(orders.map(({ orderId }) => orderId))
  await tx.$executeRaw`
    UPDATE "Stock" SET available = available + back.quantity
    FROM (SELECT line.value->>'sku' AS sku, SUM(line.value->>'quantity') AS quantity
          FROM "Reservation", json_each("Reservation".lines) AS line
          WHERE "Reservation".state = 'reserved' AND "Reservation".orderId IN (SELECT value FROM json_each(${ids}))
          GROUP BY 1) AS back
    WHERE "Stock".sku = back.sku`
  await tx.$executeRaw`
    UPDATE "Reservation" SET state = 'released'
    WHERE state = 'reserved' AND orderId IN (SELECT value FROM json_each(${ids}))`
}
