import type { Client } from './db.ts'
import { numberOf } from './order.ts'

export const PLACED_MAX = 1_000 // in one answer; some 2 ms of this thread

/** Orders as [number, when it was placed (ms)], the newest first; `next` is `before` of the page after, null on the last. */
export type PlacedPage = { orders: [number: string, placedAt: number][]; next: number | null }

/** A page of the books by their numbers, for whoever compares them with something else. */
export async function placedBefore(read: Client, before: number, limit: number): Promise<PlacedPage> {
  const rows = await read.$queryRaw<{ seq: number; placedAt: number }[]>`
    SELECT seq, "placedAt" FROM "Order" WHERE seq < ${before} ORDER BY seq DESC LIMIT ${limit}`
  const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null
  return { orders: rows.map(({ seq, placedAt }) => [numberOf(seq), placedAt]), next }
}
