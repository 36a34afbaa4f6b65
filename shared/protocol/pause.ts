import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import type { Database } from '../store/database.ts'
import { recall, remember } from '../store/meta.ts'
import type { Sql } from '../store/sql.ts'

const READ_MS = 1_000

/**
 * Whether the admin has a service pop nothing from its lists. It is kept in its `Meta` table, so a restart does not forget
 * it, Redis need not be there, and every process of the service has it within a second.
 */
export type Pause = {
  /** Since when (ms) nothing is popped; null while it goes on. */
  since(): number | null
  /** Pauses, or goes on. Returns since when it is paused now: pausing twice is pausing once. */
  set(isPaused: boolean, now: number): Promise<number | null>
  /** Hears what other processes of the service were told. */
  follow(): Loop
}

type Deps = { db: Pick<Database<Sql>, 'read' | 'write'>; health: Health }

/** Reads whether it was paused before. */
export async function openPause({ db, health }: Deps): Promise<Pause> {
  let since = await readSince(db.read)
  let told = 0
  const take = (next: number | null) => {
    const was = since
    since = next
    if (was === null && next !== null) health.log.warn({ since: next }, 'queue.paused')
    if (was !== null && next === null) health.log.info({ ms: Math.max(0, Date.now() - was) }, 'queue.resumed')
  }
  if (since !== null) health.log.warn({ since }, 'queue.paused')
  return {
    since: () => since,
    set: async (isPaused, now) => {
      const next = await db.write(async (tx) => {
        const before = await readSince(tx)
        const next = isPaused ? (before ?? now) : null
        if (next !== before) await remember(tx, KEY, next === null ? GOES_ON : String(next))
        return next
      })
      told++
      take(next)
      return next
    },
    follow: () =>
      every(READ_MS, 'pause', health, async () => {
        const toldBefore = told
        const read = await readSince(db.read)
        if (told === toldBefore) take(read) // else it was read before what we were told since
      }),
  }
}

const KEY = 'paused'
const GOES_ON = ''

async function readSince(sql: Sql): Promise<number | null> {
  const since = Number((await recall(sql, KEY)) || Number.NaN)
  return Number.isFinite(since) ? since : null
}
