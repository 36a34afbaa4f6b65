import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import type { Database } from '../store/database.ts'

const PERIOD_MS = 60_000
const PAUSE_MS = 20 // between two pages: others want to write, too
const PAGE = 1_000 // rows in one transaction; some 5 ms, so that it never holds up the writer

/** Deletes at most `limit` rows that are too old as of `now` (ms). Returns how many went. */
export type Prune<Client> = (tx: Client, now: number, limit: number) => Promise<number>

/** Deletes once a minute, or as said, what is too old, page after page until one is not full: as fast as rows come, they go. */
export function startPruning<Client>(
  name: string,
  db: Pick<Database<Client>, 'write'>,
  health: Health,
  prune: Prune<Client>,
  restMs = PERIOD_MS,
): Loop {
  let isMore = false
  const periodMs = () => (isMore ? PAUSE_MS : restMs)
  return every(periodMs, name, health, async () => {
    isMore = false // should this fail
    isMore = (await db.write((tx) => prune(tx, Date.now(), PAGE), 'beside')) === PAGE
  })
}
