import type { Books } from './books.ts'
import { lettersIn } from './dead-letters.ts'
import { type Findings, finding } from './finding.ts'

/** Is every message accounted for: handled once, given up with a reason, or still in its sender's outbox? */
export function* checkMessages(books: Books, allowedLetters: number): Findings {
  const { order } = books
  for (const id of order.headless) yield finding('withoutOrder', id, 'a line or a step')
  for (const id of order.unclaimed) yield finding('withoutInbox', id, 'a step')
  for (const id of order.doubled) yield finding('appliedTwice', id, 'one message made two steps')
  if (!books.isAtRest) return
  yield* findUnrest(books)
  yield* findGarbage(books, allowedLetters)
}

function* findUnrest({ order, mail, stock, payment, moved }: Books): Findings {
  const waiting = [order, mail, stock, payment].flatMap(({ post }) => post.waiting)
  for (const { id, name, subject, queue } of waiting)
    yield finding('unrest', id, `${name} of ${subject} waits for ${queue}`)
  for (const id of moved) yield finding('unrest', id, 'the order moved while it was looked at')
}

function* findGarbage(books: Books, allowed: number): Findings {
  const { garbage } = lettersIn(books)
  if (garbage.length <= allowed) return
  for (const { id, queue, reason } of garbage) yield finding('deadLetter', id, `to ${queue}: ${reason}`)
}
