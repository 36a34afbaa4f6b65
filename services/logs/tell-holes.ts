import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import { countOwed } from '../../shared/protocol/on-disk.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Client } from './db.ts'
import { type Hole, holesIn, noteHole } from './holes.ts'

const LOOK_MS = 10_000
const STAYS_MS = 60_000 // lines of one process may be written in another order, and a batch may be tried again

type Deps = { db: Pick<Database<Client>, 'read' | 'write'>; log: Logger; now?: () => number }
/** `since`: by a steady clock. */
type Seen = Hole & { since: number }

/** Tells by their numbers of lines that are gone: nobody has seen a file that came and went between two looks. */
export function tellingHoles(health: Health, deps: Deps): Loop {
  return every(LOOK_MS, 'holes.tell', health, createHoleTeller(deps))
}

/** Looks which numbers are missing, and tells of those that have been for a minute, once no batch is on its way. */
export function createHoleTeller({ db, log, now = () => performance.now() }: Deps): () => Promise<void> {
  let seen = new Map<string, Seen>()
  const tell = async (hole: Seen) => {
    const gap = await db.write((tx) => noteHole(tx, hole, Date.now()))
    seen.delete(hole.run)
    if (gap !== null) log.warn(gap, 'log.gap')
  }
  return async () => {
    const isAllHere = (await countOwed(db.read, 'logs', 1)) === 0 // first: what comes after it has not been missing for long
    const holes = await holesIn(db.read)
    seen = new Map(holes.map((hole) => [hole.run, seen.get(hole.run) ?? { ...hole, since: now() }]))
    if (!isAllHere) return
    for (const hole of [...seen.values()]) if (now() - hole.since >= STAYS_MS) await tell(hole)
  }
}
