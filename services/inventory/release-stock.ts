import type { Handler } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { insertReservations, releaseReserved } from './reservations.ts'
import { putBack } from './shelves.ts'

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

/** Puts back what is still reserved for these orders. */
async function release(tx: Client, orders: Gone[]): Promise<void> {
  const lines = await releaseReserved(
    tx,
    orders.map(({ orderId }) => orderId),
  )
  await putBack(tx, lines)
}
