import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Database } from '../../shared/store/database.ts'
import { recall, remember } from '../../shared/store/meta.ts'
import type { Client } from './db.ts'
import type { Gateway, Span } from './gateway.ts'
import { awaited } from './payments.ts'
import { noteTold } from './told.ts'

type Deps = { db: Pick<Database<Client>, 'read'>; publish: Publish<Client>; gateway: Pick<Gateway, 'happenings'> }

const LOOK_MS = 5_000 // while a payment waits for its customer, or for the gateway
const REST_MS = 60_000
const OVERLAP_MS = 60_000 // what has just happened may be listed a little later
const FIRST_MS = 60 * 60_000 // so far back does a shop look that never has
const SPAN_MS = 10 * 60_000 // at a time, so that a shop that was closed for long is soon further on

/** Hears by itself what no webhook has told: it asks the gateway for what has happened since it asked last. */
export function startSweeping(health: Health, deps: Deps): Loop {
  let sweptAt = Number.NEGATIVE_INFINITY
  return every(LOOK_MS, 'gateway.sweep', health, async () => {
    const isBroad = (await awaited(deps.db.read)) > 0
    if (!isBroad && performance.now() - sweptAt < REST_MS) return
    await sweep(isBroad, deps, Date.now())
    sweptAt = performance.now()
  })
}

/** Notes all that has happened until `now` (ms). What fails is asked for again, from where it was. */
export async function sweep(isBroad: boolean, deps: Deps, now: number): Promise<void> {
  const seen = Number((await recall(deps.db.read, SEEN)) ?? now - FIRST_MS)
  for (let from = seen - OVERLAP_MS; from < now; from += SPAN_MS) {
    const until = Math.min(from + SPAN_MS, now)
    await hear({ from, until: until + AHEAD_MS, isBroad }, deps)
    await deps.publish((tx) => remember(tx, SEEN, String(until)), 'beside')
  }
}

const SEEN = 'gateway seen until'
const AHEAD_MS = 5_000 // the gateway's clock need not be ours

async function hear(span: Span, { gateway, publish }: Deps): Promise<void> {
  let after: string | null = null
  do {
    const page = await gateway.happenings(span, after)
    await publish((tx, emit) => noteTold(tx, page.happenings, emit))
    after = page.next
  } while (after !== null)
}
