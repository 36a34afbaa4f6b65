import type { Emit, Handler } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { insertReservations, releaseReserved } from './reservations.ts'
import { putBack } from './shelves.ts'

type Gone = { subject: string; data: { number: string } }

type Closed = 'order.cancelled' | 'order.expired'

/**
 * On `order.cancelled` and `order.expired`: gives back what was reserved for the order, and emits `stock.released`; or
 * leaves a tombstone where the order is yet to come.
 */
export const releaseStock: Handler<Closed, Client> = {
  says: 'nothing.to.release',
  async apply(tx, batch, emit) {
    const orders = batch.map(({ message }) => message)
    await release(tx, orders, emit)
    const tombstones = orders.map(({ subject: orderId, data }) => ({
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
async function release(tx: Client, orders: Gone[], emit: Emit): Promise<void> {
  const released = await releaseReserved(
    tx,
    orders.map(({ subject }) => subject),
  )
  for (const { orderId, number } of released) emit({ name: 'stock.released', subject: orderId, data: { number } })
  await putBack(
    tx,
    released.flatMap(({ lines }) => lines),
  )
}
