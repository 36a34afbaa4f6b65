import { type Columns, each, insert, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Line, Shelf } from './stock.ts'

/** What was set aside for a sale: `free` of the `units` are in nobody's reservation. */
export type Allotment = { sale: string; sku: string; units: number; free: number }

const columns: Columns<Allotment> = ['sale', 'sku', 'units', 'free']

/** Writes allotments of sales that have none yet. */
export async function insertAllotments(tx: Client, allotments: Allotment[]): Promise<void> {
  await tx.$executeRaw`${insert('Allotment', columns, allotments)}`
}

/** What is free of each of these sales, as a shelf of its own; a sale of which nobody has heard has none. */
export async function readAllotments(read: Client, sales: string[]): Promise<Map<string, Shelf>> {
  if (sales.length === 0) return new Map()
  const rows = await read.$queryRaw<Omit<Allotment, 'units'>[]>`
    SELECT sale, sku, free FROM "Allotment" WHERE sale IN (SELECT value FROM ${each(sales)})`
  return new Map(rows.map(({ sale, sku, free }) => [sale, new Map([[sku, free]])]))
}

/** Something of a sale's. */
export type Part = { sale: string; units: number }

/** Takes units out of what is free; the table's own CHECK refuses to go below zero. */
export function takeFromAllotments(tx: Client, parts: Part[]): Promise<void> {
  return change(tx, parts, -1)
}

/** Gives units back to their sales. */
export function putBackToAllotments(tx: Client, parts: Part[]): Promise<void> {
  return change(tx, parts, 1)
}

async function change(tx: Client, parts: Part[], sign: 1 | -1): Promise<void> {
  if (parts.length === 0) return
  const changes = totalsOf(parts).map(({ sale, units }) => ({ sale, free: sign * units }))
  await tx.$executeRaw`
    UPDATE "Allotment" SET free = "Allotment".free + change.free
    FROM ${records('Allotment', freeColumns, changes)} AS change
    WHERE "Allotment".sale = change.sale`
}

const freeColumns: Columns<Pick<Allotment, 'sale' | 'free'>> = ['sale', 'free']

/** Makes allotments smaller by what is free of them. Returns what that is, by sku; a sale without an allotment has none. */
export async function shrinkAllotments(tx: Client, parts: Part[]): Promise<{ sale: string; line: Line }[]> {
  const totals = totalsOf(parts)
  const rows = await tx.$queryRaw<Pick<Allotment, 'sale' | 'sku'>[]>`
    UPDATE "Allotment" SET units = "Allotment".units - change.units, free = "Allotment".free - change.units
    FROM ${records('Allotment', unitColumns, totals)} AS change
    WHERE "Allotment".sale = change.sale
    RETURNING "Allotment".sale, "Allotment".sku`
  const units = new Map(totals.map((total) => [total.sale, total.units]))
  return rows.map(({ sale, sku }) => ({ sale, line: { sku, quantity: units.get(sale) ?? 0 } }))
}

const unitColumns: Columns<Part> = ['sale', 'units']

/** One part for each sale, since a statement changes each row once. */
function totalsOf(parts: Part[]): Part[] {
  const sums = new Map<string, number>()
  for (const { sale, units } of parts) sums.set(sale, (sums.get(sale) ?? 0) + units)
  return [...sums].map(([sale, units]) => ({ sale, units }))
}
