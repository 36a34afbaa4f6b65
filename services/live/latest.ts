import { newest } from '../../shared/newest.ts'
import { type Columns, names, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Kept, KeptRow } from './topics.ts'

/** How it is in a topic of which only the newest counts: its sender counts the changes, and of two the higher `revision` holds. */
export type Revised = Kept & { revision: number }
type Numbered = Revised & { seq: number }

const columns: Columns<KeptRow> = ['seq', 'topic', 'event', 'at', 'kind', 'data']
const newColumns: Columns<Numbered> = ['topic', 'revision', 'event', 'at', 'kind', 'data', 'seq']

/** Notes how it is now, each topic once. What is known is left as it is where it is as new; else `seq` grows with each change of any. */
export async function keepLatest(tx: Client, rows: Revised[]): Promise<void> {
  const numbered = newest(rows, ({ topic }) => topic).map((row, i) => ({ ...row, seq: i + 1 }))
  await tx.$executeRaw`
    INSERT INTO "Latest" (topic, seq, revision, event, at, kind, data)
    SELECT new.topic, last.seq + new.seq, new.revision, new.event, new.at, new.kind, new.data
    FROM ${records('Latest', newColumns, numbered)} AS new
    CROSS JOIN (SELECT COALESCE(MAX(seq), 0) AS seq FROM "Latest") AS last
    WHERE true
    ON CONFLICT (topic) DO UPDATE
    SET seq = excluded.seq, revision = excluded.revision, event = excluded.event, at = excluded.at,
      kind = excluded.kind, data = excluded.data
    WHERE excluded.revision > "Latest".revision`
}

/** What has changed since, in the order in which it did. */
export function latestAfter(read: Client, after: number): PromiseLike<KeptRow[]> {
  return read.$queryRaw<KeptRow[]>`SELECT ${names(columns)} FROM "Latest" WHERE seq > ${after} ORDER BY seq`
}
