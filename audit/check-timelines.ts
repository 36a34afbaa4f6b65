import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { stillOrders } from './known-orders.ts'
import { eventsOf, slipIn } from './story.ts'

/** Did every order come to one end, by steps it may take, and has it heard of all that others did for it? */
export function* checkTimelines(books: Books): Findings {
  for (const { id, state, steps } of books.order.orders.values()) {
    const slip = slipIn(steps)
    const last = steps.at(-1)?.state ?? 'nothing'
    if (slip !== undefined) yield finding('illegalStep', id, slip)
    if (last !== state) yield finding('wrongState', id, `${state}, and its last step led to ${last}`)
  }
  if (books.isAtRest) yield* findUntold(books)
}

function* findUntold(books: Books): Findings {
  for (const { id, steps } of stillOrders(books)) {
    const told = eventsOf(steps)
    const reservation = books.stock.reservations.get(id)?.state ?? ''
    const payment = books.payment.payments.get(id)?.state ?? ''
    for (const event of [...(afterReservation.get(reservation) ?? []), ...(afterPayment.get(payment) ?? [])])
      if (!told.has(event)) yield finding('untold', id, `has not heard of ${event}`)
  }
}

const afterReservation = new Map([
  ['reserved', ['stock.reserved']],
  ['released', ['stock.reserved', 'stock.released']],
  ['rejected', ['stock.rejected']],
])

const afterPayment = new Map([
  ['captured', ['payment.captured']],
  ['declined', ['payment.declined']],
  ['refunded', ['payment.refunded']],
])
