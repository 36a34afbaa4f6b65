import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import { statusKey } from '../keys.ts'
import { type Queue, type Service, shardsOf } from '../routes.ts'
import { deleteFields } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'
import { timeIn } from './new-id.ts'
import { OUTBOX_MAX_AGE_MS } from './verdict.ts'

const SWEEP_MS = 60_000
const PAGE = 1_000
const PAGES_A_PASS = 50 // so that a sweep never keeps Redis busy for long
const WATCHED_MAX = 100_000 // fields; what is beyond them has its turn later

/** A word of an old id must have stood for so long: history is sent today under the ids of its time. */
export const STANDING_MS = 3_600_000

type Deps = { service: Service; redis: Redis; health: Health }

/** Sweeps the words on what was in a service's list, and in each shard of it. */
export function startSweeping({ service, redis, health }: Deps): Loop {
  const sweeps = shardsOf(service).map((list) => createSweep(redis, list))
  return every(SWEEP_MS, 'status.sweep', health, async () => {
    for (const sweep of sweeps) await sweep(performance.now())
  })
}

type Seen = { word: string; at: number }

/**
 * Drops status fields nobody can ask for any more: a copy that is acknowledged after its sender's row has gone leaves
 * one behind. What is returned looks at a part of the hash each time, `at` ms of a clock that never steps.
 */
export function createSweep(redis: Redis, list: Queue): (at: number) => Promise<void> {
  const key = statusKey(list)
  const watched = new Map<string, Seen>()
  let cursor = '0'

  const hasStood = (id: string, word: string, at: number) => {
    const before = watched.get(id)
    const isSame = before?.word === word
    if (!isSame && (before !== undefined || watched.size < WATCHED_MAX)) watched.set(id, { word, at })
    return isSame && at - before.at >= STANDING_MS
  }
  const sweepPage = async (at: number) => {
    const [next, flat] = await redis.hscan(key, cursor, 'COUNT', PAGE)
    const old = pairsOf(flat).filter(([id]) => timeIn(id) < Date.now() - OUTBOX_MAX_AGE_MS)
    const dropped = old.filter(([id, word]) => hasStood(id, word, at)).map(([id]) => id)
    await deleteFields(redis, key, dropped)
    for (const id of dropped) watched.delete(id)
    cursor = next
  }
  return async (at) => {
    for (let page = 0; page < PAGES_A_PASS; page++) {
      await sweepPage(at)
      if (cursor === '0') break
    }
    for (const [id, seen] of watched) if (at - seen.at > 2 * STANDING_MS) watched.delete(id) // its sender has taken it
  }
}

function pairsOf(flat: string[]): [string, string][] {
  return flat.flatMap((id, i) => (i % 2 === 0 ? [[id, flat[i + 1] ?? '']] : []))
}
