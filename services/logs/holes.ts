import { insert } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { type Gap, gapColumns } from './gaps.ts'

/** A start of a program that misses numbers up to `last`, and more of them than has been told. */
export type Hole = { run: string; service: string; last: number }

export function holesIn(sql: Client): PromiseLike<Hole[]> {
  return sql.$queryRaw<Hole[]>`
    SELECT run, service, last FROM "Run" LEFT JOIN "Gap" ON id = run WHERE last - lines > COALESCE("to", 0)`
}

/**
 * Notes as a gap what of a hole is missing still: one gap for each start of a program, and called by it. What is known is a number
 * of lines, so that many bytes at least. Returns it; null where all has come, or another process has been faster.
 */
export async function noteHole(tx: Client, hole: Hole, at: number): Promise<Gap | null> {
  const missing = await missingOf(tx, hole)
  if (missing === 0) return null
  const gap = gapOf(hole, missing, at)
  const count = await tx.$executeRaw`
    ${insert('Gap', gapColumns, [gap])}
    ON CONFLICT (id) DO UPDATE SET at = excluded.at, "to" = excluded."to", reason = excluded.reason
    WHERE excluded."to" > "Gap"."to"`
  return count === 1 ? gap : null
}

/** Lines up to a number may have been forgotten; those after it have come just now. */
async function missingOf(tx: Client, { run, last }: Hole): Promise<number> {
  const [row] = await tx.$queryRaw<{ lines: number; later: number }[]>`
    SELECT lines, (SELECT COUNT(*) FROM "Line" WHERE "Line".run = "Run".run AND n > ${last}) AS later
    FROM "Run" WHERE run = ${run}`
  return row === undefined ? 0 : Math.max(0, last - (row.lines - row.later))
}

function gapOf({ run, service, last }: Hole, missing: number, at: number): Gap {
  const reason = `of its lines up to number ${last} a minute later ${missing} were not there`
  return { id: run, at, file: service, inode: run, from: 0, to: missing, reason }
}
