import { z } from 'zod'
import type { Books } from './books.ts'
import type { SqliteFile } from './sqlite-file.ts'

const waiting = z.object({ id: z.string(), queue: z.string(), name: z.string(), subject: z.string() })
const letter = z.object({
  id: z.string(),
  queue: z.string(),
  name: z.string().nullable(),
  subject: z.string().nullable(),
  reason: z.string(),
})
const count = z.object({ count: z.int() })

/** A message that its sender still answers for. */
export type Waiting = z.infer<typeof waiting>
/** A message that was given up; the name is null where it was no message at all. */
export type Letter = z.infer<typeof letter>

/**
 * The messages of one service: its outbox, its dead letters, those replayed and those that a person has put away apart, and how
 * many it has handled.
 */
export type Post = {
  waiting: Waiting[]
  letters: Letter[]
  replayed: Letter[]
  discarded: Letter[]
  handledCount: number
}

type Mine = 'order' | 'mail' | 'stock' | 'payment' | 'accounts' | 'sale' | 'live'

/**
 * The messages of all services of the shop itself: those to subscribers outside may wait for days. A shop may do without some
 * services, and what they would be told waits until they come.
 */
export function postsOf({ order, mail, stock, payment, accounts, sale, live }: Pick<Books, Mine>): Post[] {
  const absent = Object.entries({ accounts, sale, live }).flatMap(([name, book]) => (book === null ? [name] : []))
  const isForAbsent = ({ queue }: Waiting) => absent.some((name) => queue.split(/[.:]/, 1)[0] === name)
  return [order, mail, stock, payment, accounts, sale, live].flatMap((book) =>
    book === null ? [] : [{ ...book.post, waiting: book.post.waiting.filter((one) => !isForAbsent(one)) }],
  )
}

/** Reads the tables that every service has. */
export function readPost(file: SqliteFile): Post {
  const [handled] = file.rows(count, `SELECT COUNT(*) AS count FROM "Inbox" WHERE outcome = 'done'`)
  return {
    waiting: [...file.rows(waiting, WAITING)],
    letters: [...file.rows(letter, `${LETTERS} replayedAt IS NULL AND discardedAt IS NULL ORDER BY at`)],
    replayed: [...file.rows(letter, `${LETTERS} replayedAt IS NOT NULL ORDER BY at`)],
    discarded: [...file.rows(letter, `${LETTERS} discardedAt IS NOT NULL ORDER BY at`)],
    handledCount: handled?.count ?? 0,
  }
}

const WAITING = `SELECT id, queue, name, subject FROM "Outbox" JOIN "Event" ON seq = event ORDER BY event`
const LETTERS = `SELECT id, queue, name, subject, reason FROM "DeadLetter" WHERE`
