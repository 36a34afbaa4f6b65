import { names, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import { idsBeginWith } from './new-id.ts'

/** A place in a service's events: after the one of this `seq`, or where those begin that were made at `since` (ms). */
export type Place = { after: number } | { since: number }

/** Events in their order, and the `seq` up to which they were looked through. */
export type Page = { events: (StoredEvent & { seq: number })[]; upTo: number }

/**
 * What happened in a service after a place, at most `limit` events, without what was only sent once more. Whoever
 * remembers `upTo` misses nothing: in a file, events get their `seq` in the order of their commits.
 */
export async function eventsAfter(sql: Sql, place: Place, limit: number): Promise<Page> {
  const after = 'after' in place ? place.after : await seqBefore(sql, place.since)
  const events = await sql.$queryRaw<Page['events']>`
    SELECT seq, ${names(eventColumns)} FROM "Event"
    WHERE seq > ${after} AND "copyOf" IS NULL ORDER BY seq LIMIT ${limit}`
  return { events, upTo: events.at(-1)?.seq ?? after }
}

/** Ids begin with their time, so what was made since is found by their index. */
async function seqBefore(sql: Sql, since: number): Promise<number> {
  const [found] = await sql.$queryRaw<{ first: number | null; last: number | null }[]>`
    SELECT (SELECT MIN(seq) FROM "Event" WHERE id >= ${idsBeginWith(since)}) AS first,
      (SELECT MAX(seq) FROM "Event") AS last`
  return found?.first == null ? (found?.last ?? 0) : found.first - 1
}
