import { each, names } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { type Sale, saleColumns } from './sale.ts'

/** A sale; undefined where there is none of that id. */
export async function readSale(read: Client, id: string): Promise<Sale | undefined> {
  const [sale] = await read.$queryRaw<Sale[]>`SELECT ${names(saleColumns)} FROM "Sale" WHERE id = ${id}`
  return sale
}

/** Those of these that there are, in no particular order. */
export function readSales(read: Client, ids: string[]): PromiseLike<Sale[]> {
  return read.$queryRaw<Sale[]>`
    SELECT ${names(saleColumns)} FROM "Sale" WHERE id IN (SELECT value FROM ${each(ids)})`
}

/** The sales that go on, in no particular order. */
export function readUnended(read: Client): PromiseLike<Sale[]> {
  return read.$queryRaw<Sale[]>`SELECT ${names(saleColumns)} FROM "Sale" WHERE "endedAt" IS NULL`
}

/** The newest sales first: an id begins with its time. */
export function readNewest(read: Client, limit: number): PromiseLike<Sale[]> {
  return read.$queryRaw<Sale[]>`SELECT ${names(saleColumns)} FROM "Sale" ORDER BY id DESC LIMIT ${limit}`
}
