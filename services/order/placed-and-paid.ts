import type { Client } from './db.ts'

const FIRST_ROWS_MAX = 20_000 // of the timeline, looked through for whoever begins to watch
const ROWS_MAX = 20_000

/** That an order was placed or paid: `seq` is its entry in the timeline, `at` in ms, `ms` since it was placed. */
export type PlacedOrPaid = { seq: number; event: 'order.placed' | 'payment.captured'; at: number; ms: number }

/** What was placed and paid after the entry `seq` of the timeline, or else lately; oldest first. */
export async function placedAndPaid(read: Client, seq?: number): Promise<PlacedOrPaid[]> {
  return readSince(read, seq ?? (await startOf(read)))
}

async function startOf(read: Client): Promise<number> {
  const [row] = await read.$queryRaw<{ last: number }[]>`SELECT COALESCE(MAX(seq), 0) AS last FROM "TimelineEntry"`
  return Math.max(0, (row?.last ?? 0) - FIRST_ROWS_MAX)
}

async function readSince(read: Client, seq: number): Promise<PlacedOrPaid[]> {
  const rows = await read.$queryRaw<PlacedOrPaid[]>`
    SELECT entry.seq, entry.event, entry.at, entry.at - "Order"."placedAt" AS ms
    FROM "TimelineEntry" AS entry JOIN "Order" ON "Order".id = entry."orderId"
    WHERE entry.seq > ${seq} AND entry.event IN ('order.placed', 'payment.captured')
    ORDER BY entry.seq LIMIT ${ROWS_MAX}`
  return rows.map((row) => ({ ...row, ms: Math.max(0, row.ms) })) // clocks step back
}
