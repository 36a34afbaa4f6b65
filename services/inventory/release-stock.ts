import type { Emit, Handler } from '../../shared/handler.ts'
import { putBackToAllotments } from './allotments.ts'
import type { Client } from './db.ts'
import { insertTombstones, offTheShelf, outOfAllotments, type Reservation, releaseReserved } from './reservations.ts'
import { putBack } from './shelves.ts'

type Gone = { subject: string; data: { number: string; sale?: string | undefined } }

type Ended = Pick<Reservation, 'orderId' | 'number' | 'sale'>

type Closed = 'order.cancelled' | 'order.expired'

/**
 * On `order.cancelled` and `order.expired`: gives back what was reserved for the order, and emits `stock.released`; or
 * leaves a tombstone where the order is yet to come. What was held for an order of a sale is free for that sale again, and in
 * either case `stock.returned` says so: once, since an order is released or has a tombstone once.
 */
export const releaseStock: Handler<Closed, Client> = {
  says: 'nothing.to.release',
  async apply(tx, batch, emit) {
    const orders = batch.map(({ message }) => message)
    await release(tx, orders, emit)
    const tombstones = orders.map(tombstoneOf)
    const buried = await insertTombstones(tx, tombstones)
    for (const tombstone of tombstones) if (buried.delete(tombstone.orderId)) tellSale(tombstone, emit)
  },
}

/** Puts back what is still reserved for these orders. */
async function release(tx: Client, orders: Gone[], emit: Emit): Promise<void> {
  const released = await releaseReserved(
    tx,
    orders.map(({ subject }) => subject),
  )
  for (const reservation of released) {
    const { orderId, number } = reservation
    emit({ name: 'stock.released', subject: orderId, data: { number } })
    tellSale(reservation, emit)
  }
  await putBack(tx, offTheShelf(released))
  await putBackToAllotments(tx, outOfAllotments(released))
}

/** Nothing was taken out of the sale's allotment for it, and nothing will be. */
function tombstoneOf({ subject: orderId, data: { number, sale } }: Gone): Reservation {
  return { orderId, number, state: 'cancelled', lines: [], at: Date.now(), sale: sale ?? null }
}

function tellSale({ orderId: subject, number, sale }: Ended, emit: Emit): void {
  if (sale !== null) emit({ name: 'stock.returned', subject, data: { number, sale } })
}
