import type { Books } from './books.ts'
import { lettersIn } from './dead-letters.ts'
import { type Findings, finding } from './finding.ts'
import { INBOX_SURELY_KEPT_MS } from './order-book.ts'
import { listenersOf } from './story.ts'

/** Is every message accounted for: handled once, given up with a reason, or still in its sender's outbox? */
export function* checkMessages(books: Books, allowedLetters: number): Findings {
  const { order } = books
  for (const id of order.headless) yield finding('withoutOrder', id, 'a line or a step')
  for (const id of order.unclaimed) yield finding('withoutInbox', id, 'a step')
  for (const id of order.doubled) yield finding('appliedTwice', id, 'one message made two steps')
  if (!books.isAtRest) return
  yield* findUnrest(books)
  yield* findUnheard(books)
  yield* findGarbage(books, allowedLetters)
}

function* findUnrest({ order, mail, stock, payment, moved }: Books): Findings {
  const waiting = [order, mail, stock, payment].flatMap(({ post }) => post.waiting)
  for (const { id, name, subject, queue } of waiting)
    yield finding('unrest', id, `${name} of ${subject} waits for ${queue}`)
  for (const id of moved) yield finding('unrest', id, 'the order moved while it was looked at')
}

/** Whatever happened to an order was told to each of its listeners, and each put it down once it was done with it. */
function* findUnheard(books: Books): Findings {
  const { order, mail, stock, payment } = books
  if (isPruned(books)) return
  const given = [order, mail, stock, payment].flatMap(({ post }) => post.letters)
  const due = dueByListener(books)
  const posts = { order: order.post, notification: mail.post, inventory: stock.post, payment: payment.post }
  for (const [service, { handledCount }] of Object.entries(posts)) {
    const wanted = due.get(service) ?? 0
    const lettersCount = given.filter(({ queue, name }) => queue === service && name !== null).length
    const missing = wanted - handledCount - lettersCount
    if (missing > 0) yield finding('withoutInbox', service, `${missing} of ${wanted} messages are not in its inbox`)
  }
}

function isPruned({ order }: Books): boolean {
  const surelyKeptMs = Date.now() - INBOX_SURELY_KEPT_MS
  for (const { placedAt } of order.orders.values()) if (placedAt < surelyKeptMs) return true
  return false
}

function dueByListener({ order }: Books): Map<string, number> {
  const due = new Map<string, number>()
  for (const { steps } of order.orders.values())
    for (const { event } of steps)
      for (const service of listenersOf.get(event) ?? []) due.set(service, (due.get(service) ?? 0) + 1)
  return due
}

function* findGarbage(books: Books, allowed: number): Findings {
  const { garbage } = lettersIn(books)
  if (garbage.length <= allowed) return
  for (const { id, queue, reason } of garbage) yield finding('deadLetter', id, `to ${queue}: ${reason}`)
}
