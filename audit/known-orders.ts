import type { Books } from './books.ts'
import type { Order } from './order-book.ts'

/** The orders that did not move while the books were read: only these can be held against other books. */
export function* stillOrders({ order, moved }: Books): Generator<Order> {
  for (const known of order.orders.values()) if (!moved.has(known.id)) yield known
}

/** True where no such order exists, nor was placed while the books were read. */
export function isUnknown({ order, moved }: Books, orderId: string): boolean {
  return !order.orders.has(orderId) && !moved.has(orderId)
}
