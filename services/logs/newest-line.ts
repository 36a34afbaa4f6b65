import type { Client } from './db.ts'

const NEWEST = 100 // lines, of which the latest time counts: one alone may be of any time

/** When (ms) the newest line was written, as far as we have come; null where there is none. */
export async function newestAt(read: Client): Promise<number | null> {
  const [row] = await read.$queryRaw<{ at: number | null }[]>`
    SELECT MAX(at) AS at FROM (SELECT at FROM "Line" ORDER BY seq DESC LIMIT ${NEWEST}) AS newest`
  return row?.at ?? null
}

/** The `seq` of the newest line; 0 where there is none. */
export async function newestSeq(read: Client): Promise<number> {
  const [row] = await read.$queryRaw<{ seq: number | null }[]>`SELECT MAX(seq) AS seq FROM "Line"`
  return row?.seq ?? 0
}
