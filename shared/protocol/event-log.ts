import { names, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import { idsBeginWith, timeIn } from './new-id.ts'

/**
 * A place in a service's events: after the one of this `seq`, where those begin that were made at `since` (ms, by the
 * service's own clock), or where they end.
 */
export type Place = { after: number } | { since: number } | 'end'

/** Events in their order, and the `seq` up to which they were looked through. */
export type Page = { events: (StoredEvent & { seq: number })[]; upTo: number }

const UNDER_WAY_MS = 30_000 // no transaction takes so long; the clocks of two hosts may differ, too

/**
 * What happened in a service after a place, of at most `limit` events those that were not only sent once more. Whoever remembers
 * `upTo` misses nothing: where two processes write at once, one that is missing among the newest may still be committed, so whoever
 * asks is told no further for a while.
 */
export async function eventsAfter(sql: Sql, place: Place, limit: number): Promise<Page> {
  if (place === 'end') return { events: [], upTo: await lastSeq(sql) }
  const after = 'after' in place ? place.after : await seqBefore(sql, place.since)
  const rows = await sql.$queryRaw<(Page['events'][number] & { isCopy: number })[]>`
    SELECT seq, ${names(eventColumns)}, "copyOf" IS NOT NULL AS "isCopy" FROM "Event"
    WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`
  const settled = rows.slice(0, countSettled(rows, after, Date.now()))
  const events = settled.flatMap(({ isCopy, ...event }) => (isCopy ? [] : [event]))
  return { events, upTo: settled.at(-1)?.seq ?? after }
}

/** How many come before a number that is missing and may still come. */
function countSettled(rows: { seq: number; id: string }[], after: number, now: number): number {
  const first = rows.findIndex(({ seq, id }, i) => {
    const isMissing = seq !== (rows[i - 1]?.seq ?? after) + 1
    return isMissing && timeIn(id) > now - UNDER_WAY_MS
  })
  return first === -1 ? rows.length : first
}

async function lastSeq(sql: Sql): Promise<number> {
  const [found] = await sql.$queryRaw<{ last: number | null }[]>`SELECT MAX(seq) AS last FROM "Event"`
  return found?.last ?? 0
}

/** Ids begin with their time, so what was made since is found by their index. */
async function seqBefore(sql: Sql, since: number): Promise<number> {
  const [found] = await sql.$queryRaw<{ first: number | null }[]>`
    SELECT MIN(seq) AS first FROM "Event" WHERE id >= ${idsBeginWith(since)}`
  return found?.first == null ? lastSeq(sql) : found.first - 1
}
