import type { Books } from './books.ts'
import { lettersIn } from './dead-letters.ts'
import { isFinal } from './fates.ts'
import { type Findings, finding } from './finding.ts'
import { isUnknown, stillOrders } from './known-orders.ts'
import type { Order } from './order-book.ts'
import { overdueMs, waitsFor } from './waiting.ts'

/** Is every order that was accepted (`accepted` are those its customers know of) in the books, and going on? */
export function* checkOrders(books: Books, accepted: Iterable<string>): Findings {
  yield* findLost(books, accepted)
  yield* findStuck(books)
  yield* findOverdue(books)
  yield* findWrongTotals(books.order.orders)
}

function* findLost(books: Books, accepted: Iterable<string>): Findings {
  for (const id of new Set(accepted))
    if (isUnknown(books, id)) yield finding('lost', id, 'its customer was told that it is accepted')
  for (const id of books.order.keyed) yield finding('lost', id, 'an idempotency key stands for it')
}

function* findStuck(books: Books): Findings {
  const letters = new Map(lettersIn(books).ofOrders.map((letter) => [letter.orderId, letter]))
  const carried = carriedOrders(books)
  for (const order of stillOrders(books)) {
    const { id, state } = order
    const letter = letters.get(id)
    const isToGoOn = !isFinal(order) && waitsFor(order, books) === null
    if (letter !== undefined)
      yield finding('deadLetter', id, `${state}; ${letter.name} to ${letter.queue} was given up: ${letter.reason}`)
    else if (isToGoOn && books.isAtRest) yield finding('stuck', id, `${state}, and all is at rest`)
    else if (isToGoOn && !carried.has(id)) yield finding('stuck', id, `${state}, and no message carries it`)
  }
}

/** Whose time to pay is over must not hold goods any longer. */
function* findOverdue(books: Books): Findings {
  for (const order of stillOrders(books)) {
    const lateMs = overdueMs(order, books)
    if (lateMs !== undefined)
      yield finding('overdue', order.id, `${order.state}, ${Math.round(lateMs / 1_000)} s after its time to pay`)
  }
}

/** Until a service has done its part, the one before it answers for the message. */
function carriedOrders({ order, stock, payment }: Books): Set<string> {
  return new Set([order, stock, payment].flatMap(({ post }) => post.waiting.map(({ subject }) => subject)))
}

function* findWrongTotals(orders: Map<string, Order>): Findings {
  for (const { id, totalCents, lines } of orders.values()) {
    const sum = lines.reduce((cents, { quantity, unitPriceCents }) => cents + quantity * unitPriceCents, 0)
    if (sum !== totalCents) yield finding('wrongTotal', id, `${totalCents} cents, and its lines make ${sum}`)
  }
}
