import type { Books } from './books.ts'
import { lettersIn } from './dead-letters.ts'
import { type Findings, finding } from './finding.ts'
import { postsOf } from './post.ts'

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

function* findUnrest(books: Books): Findings {
  const waiting = postsOf(books).flatMap((post) => post.waiting)
  for (const { id, name, subject, queue } of waiting)
    yield finding('unrest', id, `${name} of ${subject} waits for ${queue}`)
  for (const id of books.moved) yield finding('unrest', id, 'the order moved while it was looked at')
}

/** What was given up about an account, or a sale, is never there on purpose: somebody waits for it. */
function* findGarbage(books: Books, allowed: number): Findings {
  const { garbage, ofAccounts, ofSales } = lettersIn(books)
  for (const { id, name, queue, reason } of [...ofAccounts, ...ofSales])
    yield finding('deadLetter', id, `${name} to ${queue}: ${reason}`)
  if (garbage.length <= allowed) return
  for (const { id, queue, reason } of garbage) yield finding('deadLetter', id, `to ${queue}: ${reason}`)
}
