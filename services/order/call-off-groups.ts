import type { Emit, Handler } from '../../shared/handler.ts'
import type { Client } from './db.ts'
import { canCancel } from './order.ts'
import { noteFailed, ofSale, ordersOfSales } from './sale-orders.ts'
import { type Entry, type Known, record } from './timeline.ts'

/** Why an order was called off that its customer did not cancel: see `order.cancelled`. */
type Because = 'groupFailed' | 'groupHadFailed'

/**
 * On `group.failed`: cancels all of the group's orders that can be cancelled, and notes it for those that are still to come. In
 * the service's one line of writes: a payment comes before it, and is refunded by the events that exist, or is refused.
 */
export const callOffGroups: Handler<'group.failed', Client> = {
  says: 'failure.noted',
  async apply(tx, batch, emit) {
    const sales = batch.map(({ message }) => message.subject)
    const now = Date.now()
    await noteFailed(tx, sales, now)
    const open = [...(await ordersOfSales(tx, sales))].filter(([, { state }]) => canCancel(state))
    for (const [id, order] of open) emitCalledOff(id, order, 'groupFailed', emit)
    await record(
      tx,
      open.map(([id]) => calledOff(id, 'groupFailed', now)),
    )
  },
}

/** Tells the others that an order of a group is called off. */
export function emitCalledOff(
  subject: string,
  { number, state, sale }: Omit<Known, 'tender'>,
  because: Because,
  emit: Emit,
): void {
  const data = { number, wasPaid: state === 'paid', because, ...ofSale(sale) }
  emit({ name: 'order.cancelled', subject, data })
}

/** The same in its timeline, without a message: that a group has failed is one for all of its orders. `at` in ms. */
export function calledOff(orderId: string, because: Because, at: number): Entry {
  const told = { messageId: null, attempt: null, detail: { because } }
  return { orderId, event: 'order.cancelled', service: 'order', state: 'cancelled', at, ...told }
}
