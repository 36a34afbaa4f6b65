import type { Books } from './books.ts'
import { type Findings, finding } from './finding.ts'
import { stillOrders } from './known-orders.ts'
import { postsOf } from './post.ts'
import { BURIED, DISCARDED, eventsOf, isAboutLetter, REPLAYED, slipIn } from './story.ts'

/** Did every order come to one end, by steps it may take, and has it heard of all that others did for it? */
export function* checkTimelines(books: Books): Findings {
  for (const order of books.order.orders.values()) {
    const { id, state, steps } = order
    const slip = slipIn(order)
    const last = steps.at(-1)?.state ?? 'nothing'
    if (slip !== undefined) yield finding('illegalStep', id, slip)
    if (last !== state) yield finding('wrongState', id, `${state}, and its last step led to ${last}`)
  }
  if (!books.isAtRest) return
  yield* findUntold(books)
  yield* findUntoldLetters(books)
}

/** What was given up, and what was sent again or put away, stands in the story of its order. */
function* findUntoldLetters(books: Books): Findings {
  const { order, moved } = books
  const posts = postsOf(books)
  const due = [
    ...posts.flatMap(({ letters, replayed, discarded }) =>
      [...letters, ...replayed, ...discarded].map((letter) => [BURIED, letter] as const),
    ),
    ...posts.flatMap(({ replayed }) => replayed.map((letter) => [REPLAYED, letter] as const)),
    ...posts.flatMap(({ discarded }) => discarded.map((letter) => [DISCARDED, letter] as const)),
  ]
  for (const [event, { id, name, subject, queue }] of due) {
    const told = order.orders.get(subject ?? '')
    if (told === undefined || name === null || isAboutLetter(name) || moved.has(told.id)) continue
    if (!told.letters.has(`${event} ${id}`)) yield finding('untold', told.id, `no ${event} of ${name} to ${queue}`)
  }
}

function* findUntold(books: Books): Findings {
  for (const { id, steps } of stillOrders(books)) {
    const told = eventsOf(steps)
    const reservation = books.stock.reservations.get(id)?.state ?? ''
    const payment = books.payment.payments.get(id)?.state ?? ''
    for (const event of [...(afterReservation.get(reservation) ?? []), ...(afterPayment.get(payment) ?? [])])
      if (!told.has(event) && !isOnlySeenWithItsRefund(event, told))
        yield finding('untold', id, `has not heard of ${event}`)
  }
}

/** Of a payment that was called off nobody may hear before it goes back; and its refund may fail then. */
function isOnlySeenWithItsRefund(event: string, told: Set<string>): boolean {
  return event === 'payment.captured' && told.has('order.cancelled') && told.has('payment.refundRefused')
}

const afterReservation = new Map([
  ['reserved', ['stock.reserved']],
  ['released', ['stock.reserved', 'stock.released']],
  ['rejected', ['stock.rejected']],
])

const afterPayment = new Map([
  ['captured', ['payment.captured']],
  ['challenged', ['payment.challenged']],
  ['declined', ['payment.declined']],
  ['refunded', ['payment.refunded']],
])
