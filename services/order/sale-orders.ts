import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { numberOf } from './order.ts'
import type { Known } from './timeline.ts'

/** What the end of an order says of the sale that it is of; nothing where it is of none. */
export function ofSale(sale: string | null): { sale?: string } {
  return sale === null ? {} : { sale }
}

/** All orders of these sales, by id. */
export async function ordersOfSales(tx: Client, sales: string[]): Promise<Map<string, Known>> {
  const rows = await tx.$queryRaw<(Omit<Known, 'number'> & { id: string; seq: number })[]>`
    SELECT id, seq, state, tender, sale FROM "Order" WHERE sale IN (SELECT value FROM ${each(sales)}) ORDER BY seq`
  return new Map(rows.map(({ id, seq, ...standing }) => [id, { number: numberOf(seq), ...standing }]))
}

/** Notes that these groups did not come together, for what they have admitted and is still on its way. `at` in ms. */
export async function noteFailed(tx: Client, sales: string[], at: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "FailedGroup" (sale, at) SELECT value, CAST(${at} AS BIGINT) FROM ${each(sales)} WHERE true
    ON CONFLICT DO NOTHING`
}

/** Those of these sales that are groups which did not come together. */
export async function failedAmong(tx: Client, sales: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ sale: string }[]>`
    SELECT sale FROM "FailedGroup" WHERE sale IN (SELECT value FROM ${each(sales)})`
  return new Set(rows.map(({ sale }) => sale))
}
