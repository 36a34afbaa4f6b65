import { versionOf } from '../event-versions.ts'
import type { Emitted } from '../events.ts'
import type { EventName } from '../routes.ts'
import { type Columns, insert, type Sql } from '../store/sql.ts'
import { newId } from './new-id.ts'

/** One event as it is kept, for those who hear it now and those who come later. `data` is JSON of version `v`, `at` in ms. */
export type StoredEvent<Name extends string = string> = {
  id: string
  name: Name
  v: number
  subject: string
  at: number
  traceparent: string | null
  data: string
}

export const eventColumns: Columns<StoredEvent> = ['id', 'name', 'v', 'subject', 'at', 'traceparent', 'data']

/** The event as it will be kept; its id is that of every message about it. */
export function storable({ name, subject, data, traceparent }: Emitted): StoredEvent<EventName> {
  const about = { id: newId(), name, v: versionOf(name), subject, at: Date.now(), traceparent: traceparent ?? null }
  return { ...about, data: JSON.stringify(data) }
}

/** Appends events. Returns the `seq` of each by its id: what happened earlier has the lower one. */
export async function append(tx: Sql, events: StoredEvent[]): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<Place[]>`${insert('Event', eventColumns, events)} RETURNING seq, id`
  return new Map(rows.map(({ seq, id }) => [id, seq]))
}

type Place = { seq: number; id: string }
