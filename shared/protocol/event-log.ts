import { names, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import { idsBeginWith } from './new-id.ts'

/**
 * A place in a service's events: after the one of this `seq`, where those begin that were made at `since` (ms, by the
 * service's own clock), or where they end.
 */
export type Place = { after: number } | { since: number } | 'end'

/** Events in their order, and the `seq` up to which they were looked through. */
export type Page = { events: (StoredEvent & { seq: number })[]; upTo: number }

/**
 * What happened in a service after a place, at most `limit` events, without what was only sent once more. Whoever
 * remembers `upTo` misses nothing: in a file, events get their `seq` in the order of their commits.
 */
export async function eventsAfter(sql: Sql, place: Place, limit: number): Promise<Page> {
  if (place === 'end') return { events: [], upTo: await lastSeq(sql) }
  const after = 'after' in place ? place.after : await seqBefore(sql, place.since)
  const events = await sql.$queryRaw<Page['events']>`
    SELECT seq, ${names(eventColumns)} FROM "Event"
    WHERE seq > ${after} AND "copyOf" IS NULL ORDER BY seq LIMIT ${limit}`
  return { events, upTo: events.at(-1)?.seq ?? after }
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
