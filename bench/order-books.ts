import { join } from 'node:path'
import { z } from 'zod'
import { SqliteFile } from '../audit/sqlite-file.ts'
import { untilThere } from './until-there.ts'

export const PAID = `SELECT COUNT(*) AS count FROM "Order" WHERE state = 'paid'`

const OPEN = `state IN ('placed', 'reserved', 'paying')`
const AT_REST = `SELECT NOT EXISTS (SELECT 1 FROM "Order" WHERE ${OPEN}) AS count`

/** Order's file in the folder of a shop. */
export const booksIn = (folder: string) => join(folder, 'order.db')

/** Resolves when no order is under way any more. */
export const whenAtRest = (folder: string) => untilThere(booksIn(folder), AT_REST, 1)

/** Looks once into order's file. */
export function rowsIn<T>(folder: string, shape: z.ZodType<T>, sql: string): T[] {
  const file = new SqliteFile(booksIn(folder))
  try {
    return [...file.rows(shape, sql)]
  } finally {
    file.close()
  }
}

export function countPaid(folder: string): number {
  return rowsIn(folder, z.object({ count: z.int() }), PAID)[0]?.count ?? 0
}
