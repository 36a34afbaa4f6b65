import { type Columns, names, records } from '../../shared/store/sql.ts'
import type { Client } from './db.ts'
import type { Kept } from './topics.ts'

/** How it is in a topic of which only the newest counts; `seq` grows with each change of any. */
export type LatestRow = Kept & { seq: number }

type Numbered = Kept & { nth: number }

const columns: Columns<LatestRow> = ['seq', 'topic', 'event', 'at', 'kind', 'data']
const newColumns: Columns<Numbered> = ['topic', 'event', 'at', 'kind', 'data', 'nth']

/** Notes how it is now, each topic once. What is known is left as it is where it is as new: by when it happened, then by its id. */
export async function keepLatest(tx: Client, rows: Kept[]): Promise<void> {
  const numbered = newestOf(rows).map((row, i) => ({ ...row, nth: i + 1 }))
  await tx.$executeRaw`
    INSERT INTO "Latest" (topic, seq, event, at, kind, data)
    SELECT new.topic, last.seq + new.nth, new.event, new.at, new.kind, new.data
    FROM ${records('Latest', newColumns, numbered)} AS new
    CROSS JOIN (SELECT COALESCE(MAX(seq), 0) AS seq FROM "Latest") AS last
    WHERE true
    ON CONFLICT (topic) DO UPDATE
    SET seq = excluded.seq, event = excluded.event, at = excluded.at, kind = excluded.kind, data = excluded.data
    WHERE excluded.at > "Latest".at OR (excluded.at = "Latest".at AND excluded.event > "Latest".event)`
}

/** What has changed since, in the order in which it did. */
export function latestAfter(read: Client, after: number): PromiseLike<LatestRow[]> {
  return read.$queryRaw<LatestRow[]>`SELECT ${names(columns)} FROM "Latest" WHERE seq > ${after} ORDER BY seq`
}

/** Messages overtake each other, also within a batch. */
function newestOf(rows: Kept[]): Kept[] {
  const newest = new Map<string, Kept>()
  for (const row of rows) {
    const known = newest.get(row.topic)
    if (known === undefined || isNewer(row, known)) newest.set(row.topic, row)
  }
  return [...newest.values()]
}

const isNewer = (one: Kept, than: Kept) => one.at > than.at || (one.at === than.at && one.event > than.event)
