import { type Columns, insert, names } from '../../shared/store/sql.ts'
import type { Key } from '../../shared/web/idempotency-key.ts'
import type { Client } from './db.ts'

/** What a product costs, and cost before; `at` in ms. */
export type PriceChange = { sku: string; priceCents: number; wasCents: number; currency: string; at: number }
type Keyed = PriceChange & { key: string | null; fingerprint: string | null }

const changeColumns: Columns<PriceChange> = ['sku', 'priceCents', 'wasCents', 'currency', 'at']
const keyedColumns: Columns<Keyed> = [...changeColumns, 'key', 'fingerprint']

/** Changes the price of a product, and writes that down under the key, if there is one. Returns the number of the change. */
export async function writeChange(tx: Client, change: PriceChange, key: Key | null): Promise<number> {
  const { sku, priceCents } = change
  const row: Keyed = { ...change, key: key?.key ?? null, fingerprint: key?.fingerprint ?? null }
  await tx.$executeRaw`UPDATE "Product" SET "priceCents" = ${priceCents} WHERE sku = ${sku}`
  const [written] = await tx.$queryRaw<{ seq: number }[]>`
    ${insert('PriceChange', keyedColumns, [row])} RETURNING seq`
  return written?.seq ?? 0
}

/** What a key was first used for. */
export async function changeBy(tx: Client, { key }: Key): Promise<Keyed | undefined> {
  const [change] = await tx.$queryRaw<Keyed[]>`
    SELECT ${names(keyedColumns)} FROM "PriceChange" WHERE key = ${key}`
  return change
}

type Change = { seq: number; sku: string; priceCents: number }

/** What was changed after the change `after`, in order. */
export function readChanges(read: Client, after: number): PromiseLike<Change[]> {
  return read.$queryRaw<Change[]>`
    SELECT seq, sku, "priceCents" FROM "PriceChange" WHERE seq > ${after} ORDER BY seq`
}

/** The last change that there was; 0 where there was none. */
export async function lastChange(read: Client): Promise<number> {
  const [last] = await read.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "PriceChange"`
  return last?.seq ?? 0
}
