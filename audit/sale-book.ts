import { z } from 'zod'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const sale = z.object({
  ...{ id: z.string(), kind: z.string(), queueing: z.string(), sku: z.string(), unitPriceCents: z.int() },
  ...{ units: z.int(), granted: z.int().nullable(), credits: z.int(), held: z.int(), bought: z.int(), spared: z.int() },
  ...{ numbers: z.int(), admissions: z.int(), admittedUpTo: z.int() },
  endsAt: z.number(), // ms
  seed: z.string().nullable(),
  seedHash: z.string().nullable(),
  drawnAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  why: z.string().nullable(),
})
const entry = z.object({
  ...{ id: z.string(), sale: z.string(), number: z.int(), position: z.int().nullable(), state: z.string() },
  ...{ email: z.string(), admission: z.int().nullable(), account: z.string().nullable() },
  isErased: z.int().transform((number) => number === 1),
})
const named = z.object({ id: z.string() })
const outcome = z.object({ id: z.string(), units: z.int(), bought: z.int() })

export type Sale = z.infer<typeof sale>
/** Somebody who wants a unit; `admission` counts those that were let in, in their order. `isErased`: nothing says who it was. */
export type Entry = z.infer<typeof entry>

/** What the sale service knows; entries by their ids, which are those of the orders of who was let in. */
export type SaleBook = {
  sales: Map<string, Sale>
  entries: Map<string, Entry>
  /** Entries that were let in after their sale had ended, by the order of events: clocks may be stepped. */
  admittedLate: string[]
  /** Of sales that have ended: what was told of them then, by their ids. */
  outcomes: Map<string, z.infer<typeof outcome>>
  post: Post
}

/** Reads the file of sales. */
export function readSaleBook(file: SqliteFile): SaleBook {
  return {
    sales: new Map([...file.rows(sale, SALES)].map((row) => [row.id, row])),
    entries: new Map([...file.rows(entry, ENTRIES)].map((row) => [row.id, row])),
    admittedLate: [...file.rows(named, ADMITTED_LATE)].map(({ id }) => id),
    outcomes: new Map([...file.rows(outcome, OUTCOMES)].map((row) => [row.id, row])),
    post: readPost(file),
  }
}

const SALES = `
  SELECT id, kind, queueing, sku, unitPriceCents, units, granted, credits, held, bought, spared, numbers, admissions,
    admittedUpTo, endsAt, seed, seedHash, drawnAt, endedAt, why
  FROM "Sale" ORDER BY createdAt, id`
const ENTRIES = `
  SELECT id, sale, number, position, state, email, admission, account,
    (name = '' AND email = '' AND mailbox = id) AS isErased
  FROM "Entry" ORDER BY sale, number`
const ENDED = `FROM "Event" AS ended WHERE ended.name = 'sale.ended' AND ended.copyOf IS NULL`
const ADMITTED_LATE = `
  SELECT admitted.subject AS id FROM "Event" AS admitted
  WHERE admitted.name = 'entry.admitted' AND admitted.copyOf IS NULL AND admitted.seq > (
    SELECT MIN(ended.seq) ${ENDED} AND ended.subject = admitted.data->>'$.sale')`
const OUTCOMES = `
  SELECT ended.subject AS id, ended.data->>'$.units' AS units, ended.data->>'$.bought' AS bought ${ENDED}
  ORDER BY ended.seq`
