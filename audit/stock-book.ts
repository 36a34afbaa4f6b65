import { z } from 'zod'
import { type Post, readPost } from './post.ts'
import type { SqliteFile } from './sqlite-file.ts'

const shelf = z.object({ sku: z.string(), received: z.int(), available: z.int(), told: z.int().nullable() })
const lines = z.array(z.object({ sku: z.string(), quantity: z.int() }))
const reservation = z.object({
  orderId: z.string(),
  state: z.string(),
  sale: z.string().nullable(),
  lines: z.string().transform((text) => lines.parse(JSON.parse(text))),
})

const allotment = z.object({ sale: z.string(), sku: z.string(), units: z.int(), free: z.int() })

export type Shelf = z.infer<typeof shelf>
export type Reservation = z.infer<typeof reservation>
/** Units set aside for a sale; `free` of them are in nobody's reservation. */
export type Allotment = z.infer<typeof allotment>

/** What inventory knows; reservations by order, allotments by sale. */
export type StockBook = {
  shelves: Shelf[]
  reservations: Map<string, Reservation>
  allotments: Map<string, Allotment>
  post: Post
}

/** Reads inventory's file. */
export function readStockBook(file: SqliteFile): StockBook {
  const reservations = new Map<string, Reservation>()
  for (const row of file.rows(reservation, `SELECT orderId, state, sale, lines FROM "Reservation"`))
    reservations.set(row.orderId, row)
  const shelves = [...file.rows(shelf, `SELECT sku, received, available, told FROM "Stock" ORDER BY sku`)]
  const allotments = new Map([...file.rows(allotment, ALLOTMENTS)].map((row) => [row.sale, row]))
  return { shelves, reservations, allotments, post: readPost(file) }
}

const ALLOTMENTS = `SELECT sale, sku, units, free FROM "Allotment"`
