import { each } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import { MINUTE_MS } from './rollups.ts'
import type { Window } from './windows.ts'

/** How many orders each of both tells of, and the numbers of those that the other does not know. */
export type Difference = { lines: number; rows: number; withoutLine: string[]; withoutRow: string[] }

/**
 * Compares, one by one, the orders of a window. A line is written a moment after its order, and the order's own time counts:
 * what was placed just before the window, and told within it, belongs to neither side. `placedAt` reaches a minute further.
 */
export async function compare(read: Client, placedAt: Map<string, number>, window: Window): Promise<Difference> {
  const told = await toldIn(read, { since: window.since - MINUTE_MS, until: window.until + MINUTE_MS })
  const isWithin = (at: number) => at >= window.since && at < window.until
  const rows = [...placedAt].filter(([, at]) => isWithin(at)).map(([number]) => number)
  const withoutLine = await unknownAmong(
    read,
    rows.filter((number) => !told.has(number)),
  )
  const withoutRow = [...told].filter(([number, at]) => isWithin(at) && !placedAt.has(number)).map(([number]) => number)
  return { lines: rows.length - withoutLine.length + withoutRow.length, rows: rows.length, withoutLine, withoutRow }
}

async function toldIn(read: Client, { since, until }: Window): Promise<Map<string, number>> {
  const rows = await read.$queryRaw<{ order: string; placedAt: number }[]>`
    SELECT "order", "placedAt" FROM "Progress" WHERE at >= ${since} AND at < ${until} AND "placedAt" IS NOT NULL`
  return new Map(rows.map(({ order, placedAt }) => [order, placedAt]))
}

/** A line may be later than that: a process can be stopped for as long as anyone likes. */
async function unknownAmong(read: Client, numbers: string[]): Promise<string[]> {
  if (numbers.length === 0) return []
  const rows = await read.$queryRaw<{ order: string }[]>`
    SELECT "order" FROM "Progress" WHERE "placedAt" IS NOT NULL AND "order" IN (SELECT value FROM ${each(numbers)})`
  const known = new Set(rows.map(({ order }) => order))
  return numbers.filter((number) => !known.has(number))
}
