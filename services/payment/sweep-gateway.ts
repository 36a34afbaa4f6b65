import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'
import { recall, remember } from '../../shared/store/meta.ts'
import type { Client } from './db.ts'
import type { Gateway } from './gateway.ts'
import { awaited } from './payments.ts'
import { noteTold } from './told.ts'

type Deps = { db: Pick<Database<Client>, 'read'>; publish: Publish<Client>; gateway: Pick<Gateway, 'happenings'> }

const LOOK_MS = 5_000 // while a payment waits for its customer, or for the gateway
const REST_MS = 60_000
const OVERLAP_MS = 15_000 // what has just happened may be listed a little later
const FIRST_MS = 60 * 60_000 // so far back does a shop look that never has

/** Hears by itself what no webhook has told: it asks the gateway for what has happened since it asked last. */
export function startSweeping(health: Health, deps: Deps): Loop {
  const sweep = createSweep(deps)
  let sweptAt = Number.NEGATIVE_INFINITY
  return every(LOOK_MS, 'gateway.sweep', health, async () => {
    const isDue = performance.now() - sweptAt >= REST_MS || (await awaited(deps.db.read)) > 0
    if (!isDue) return
    await sweep()
    sweptAt = performance.now()
  })
}

/** Where a walk from the newest to the oldest is: `top` is when the newest happened, by the gateway's clock (ms). */
type Walk = { from: number; top: number; after: string | null }

/** Notes all that has happened since it was called last. What is interrupted goes on where it was. */
export function createSweep({ db, publish, gateway }: Deps): () => Promise<void> {
  let walk: Walk | null = null
  const begin = async (): Promise<Walk> => {
    const seen = await recall(db.read, SEEN)
    const from = seen === null ? Date.now() - FIRST_MS : Number(seen) - OVERLAP_MS
    return { from, top: from, after: null }
  }
  return async () => {
    walk ??= await begin()
    do {
      const { happenings, next } = await gateway.happenings(walk.from, walk.after)
      await publish((tx, emit) => noteTold(tx, happenings, emit))
      walk = { ...walk, top: happenings.reduce((top, { at }) => Math.max(top, at), walk.top), after: next }
    } while (walk.after !== null)
    const { top, from } = walk
    if (top > from + OVERLAP_MS) await publish((tx) => remember(tx, SEEN, String(top)), 'beside')
    walk = null
  }
}

const SEEN = 'gateway seen until'
