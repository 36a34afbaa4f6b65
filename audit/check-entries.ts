import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { stillOrders } from './known-orders.ts'
import type { Order } from './order-book.ts'
import type { Entry, Sale } from './sale-book.ts'
import { eventsOf } from './story.ts'

/** Does each order of a sale have its entry that was let in, and the other way round, and do they say the same? */
export function* checkEntries(books: Books): Findings {
  const { sale: book, isAtRest } = books
  for (const order of stillOrders(books)) {
    if (order.sale === null) continue
    const [entry, sale] = [book?.entries.get(order.id), book?.sales.get(order.sale)]
    if (entry === undefined || sale === undefined || entry.sale !== order.sale || entry.admission === null)
      yield finding('wrongEntry', order.id, `an order of ${order.sale}, which has let in nobody of that name`)
    else yield* findUnlike(order, entry, sale, isAtRest)
  }
  if (book === null || !isAtRest) return
  for (const { id, sale, state, admission } of book.entries.values()) {
    if (state === 'joined') yield finding('wrongEntry', id, `has joined ${sale}, and nobody has read it`)
    if (admission !== null && books.order.orders.get(id)?.sale !== sale)
      yield finding('wrongEntry', id, `${state}, and has no order`)
  }
}

function* findUnlike(order: Order, entry: Entry, sale: Sale, isAtRest: boolean): Findings {
  const { id, state, lines } = order
  const [line] = lines
  const isOne = lines.length === 1 && line?.quantity === 1 && line.sku === sale.sku
  if (!isOne || line.unitPriceCents !== sale.unitPriceCents)
    yield finding('wrongEntry', id, `is not for one ${sale.sku} at ${sale.unitPriceCents} cents`)
  if (isAtRest && entryAtRest(order) !== entry.state)
    yield finding('wrongEntry', id, `its order is ${state}, and it is ${entry.state}`)
  if (isAtRest && sale.why === 'failed' && !over.has(state))
    yield finding('wrongEntry', id, `its group has failed, and its order is ${state}`)
}

const over = new Set(['expired', 'cancelled', 'rejected', 'refunded'])

/** What was given back to its customer, and not called off, is theirs. */
function entryAtRest({ state, steps }: Order): string {
  if (state === 'refunded') return eventsOf(steps).has('order.cancelled') ? 'gone' : 'bought'
  if (state === 'paid') return 'bought'
  return over.has(state) ? 'gone' : 'admitted'
}
