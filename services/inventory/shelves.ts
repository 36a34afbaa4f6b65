import { type Columns, each, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Line, Shelf } from './stock.ts'

type Change = { sku: string; available: number }
const columns: Columns<Change> = ['sku', 'available']

/** What is free to sell of these products; those that there are none of are left out. */
export async function readShelf(read: Client, skus: string[]): Promise<Shelf> {
  const rows = await read.$queryRaw<Change[]>`
    SELECT sku, available FROM "Stock" WHERE sku IN (SELECT value FROM ${each(skus)})`
  return new Map(rows.map(({ sku, available }) => [sku, available]))
}

/** Takes lines from the shelves; the table's own CHECK refuses to go below zero. */
export function takeFromShelves(tx: Client, lines: Line[]): Promise<void> {
  return change(tx, lines, -1)
}

/** Puts lines back. */
export function putBack(tx: Client, lines: Line[]): Promise<void> {
  return change(tx, lines, 1)
}

/** One statement for a whole batch, in which each row of the table is changed once. */
async function change(tx: Client, lines: Line[], sign: 1 | -1): Promise<void> {
  const sums = new Map<string, number>()
  for (const { sku, quantity } of lines) sums.set(sku, (sums.get(sku) ?? 0) + sign * quantity)
  if (sums.size === 0) return
  const changes = [...sums].map(([sku, available]) => ({ sku, available }))
  await tx.$executeRaw`
    UPDATE "Stock" SET available = "Stock".available + change.available
    FROM ${records('Stock', columns, changes)} AS change
    WHERE "Stock".sku = change.sku`
}
