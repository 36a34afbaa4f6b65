import { states } from '../../shared/states.ts'
import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { canCancel, numberOf } from './order.ts'
import type { Known } from './timeline.ts'

/** What the end of an order says of the sale that it is of; nothing where it is of none. */
export function ofSale(sale: string | null): { sale?: string } {
  return sale === null ? {} : { sale }
}

/** So many orders of these sales, by id, that can be cancelled. */
export async function cancellableOf(tx: Client, sales: string[], limit: number): Promise<Map<string, Known>> {
  const rows = await tx.$queryRaw<(Omit<Known, 'number'> & { id: string; seq: number })[]>`
    SELECT id, seq, state, tender, sale FROM "Order"
    WHERE sale IN (SELECT value FROM ${each(sales)}) AND state IN (SELECT value FROM ${each(CANCELLABLE)})
    LIMIT ${limit}`
  return new Map(rows.map(({ id, seq, ...standing }) => [id, { number: numberOf(seq), ...standing }]))
}

const CANCELLABLE = states.filter(canCancel)

/** Notes that these groups did not come together, for what they have admitted and is still on its way. `at` in ms. */
export async function noteFailed(tx: Client, sales: string[], at: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "FailedGroup" (sale, "isOpen", at)
    SELECT value, 1, CAST(${at} AS BIGINT) FROM ${each(sales)} WHERE true
    ON CONFLICT DO NOTHING`
}

/** Notes that all orders of these groups are cancelled which can be. */
export async function closeFailed(tx: Client, sales: string[]): Promise<void> {
  await tx.$executeRaw`UPDATE "FailedGroup" SET "isOpen" = 0 WHERE sale IN (SELECT value FROM ${each(sales)})`
}

/** One of the groups that have failed and have orders which are still to be cancelled, if there is any. */
export async function openFailed(read: Client): Promise<string[]> {
  const rows = await read.$queryRaw<{ sale: string }[]>`SELECT sale FROM "FailedGroup" WHERE "isOpen" = 1 LIMIT 1`
  return rows.map(({ sale }) => sale)
}

/** Those of these sales that are groups which did not come together. */
export async function failedAmong(tx: Client, sales: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ sale: string }[]>`
    SELECT sale FROM "FailedGroup" WHERE sale IN (SELECT value FROM ${each(sales)})`
  return new Set(rows.map(({ sale }) => sale))
}
