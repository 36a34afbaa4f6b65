import { z } from 'zod'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const shelf = z.object({ sku: z.string(), received: z.int(), available: z.int() })
const lines = z.array(z.object({ sku: z.string(), quantity: z.int() }))
const reservation = z.object({
  orderId: z.string(),
  state: z.string(),
  lines: z.string().transform((text) => lines.parse(JSON.parse(text))),
})

export type Shelf = z.infer<typeof shelf>
export type Reservation = z.infer<typeof reservation>

/** What inventory knows; reservations by order. */
export type StockBook = { shelves: Shelf[]; reservations: Map<string, Reservation>; post: Post }

/** Reads inventory's file. */
export function readStockBook(file: SqliteFile): StockBook {
  const reservations = new Map<string, Reservation>()
  for (const row of file.rows(reservation, `SELECT orderId, state, lines FROM "Reservation"`))
    reservations.set(row.orderId, row)
  const shelves = [...file.rows(shelf, `SELECT sku, received, available FROM "Stock" ORDER BY sku`)]
  return { shelves, reservations, post: readPost(file) }
}
