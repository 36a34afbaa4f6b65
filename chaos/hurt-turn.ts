import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Service } from '../shared/routes.ts'
import type { DatabaseDeed } from './database-deed.ts'
import type { Postgres } from './postgres.ts'
import { signal } from './processes.ts'
import { PromiseBroken } from './promise-broken.ts'
import type { Shop } from './shop.ts'

type Turn = Extract<DatabaseDeed, { service: Service }>

const TRIES = 60
const LOOK_AFTER_MS = 30 // what it has sent before it was stopped has been done by then
const LOOK_EVERY_MS = 100
// Others go on after two seconds (idle_in_transaction_session_timeout); the rest is for a machine that has much to do.
const HELD_LIMIT_MS = 4_000

/** Stops a service while it has its turn, for a while. Throws `PromiseBroken` when that holds up the others for longer than it may. */
export async function freezeTurn({ service, forMs }: Turn, shop: Shop, postgres: Postgres): Promise<void> {
  const { pid, session } = await stopInTurn(service, shop, postgres)
  const sinceMs = performance.now()
  try {
    while ((await holderOf(service, postgres))?.pid === session) {
      if (performance.now() - sinceMs > HELD_LIMIT_MS)
        throw new PromiseBroken(`${service}, frozen in its turn, holds up the others for more than ${HELD_LIMIT_MS} ms`)
      await delay(LOOK_EVERY_MS)
    }
    await delay(Math.max(0, forMs - (performance.now() - sinceMs)))
  } finally {
    signal(pid, 'SIGCONT')
  }
}

/** Stops it again and again until it has been caught in its turn. Rejects when it was not. */
async function stopInTurn(service: Service, shop: Shop, postgres: Postgres) {
  for (let tries = 0; tries < TRIES; tries++) {
    const pid = await shop.pidOf(service)
    signal(pid, 'SIGSTOP')
    await delay(LOOK_AFTER_MS)
    const holder = await holderOf(service, postgres).catch(() => undefined)
    if (holder !== undefined && holder.idleMs >= LOOK_AFTER_MS) return { pid, session: holder.pid }
    signal(pid, 'SIGCONT')
    await delay(tries) // or each would catch it in the same place
  }
  throw new Error(`${service} was never caught in its turn`)
}

const holder = z.object({ pid: z.int(), idleMs: z.coerce.number() })

/** Whose session has the turn of a service and asks for nothing just now. */
export async function holderOf(service: Service, postgres: Postgres) {
  const [found] = await postgres.ask(holder, HOLDER, turnOf(service))
  return found
}

/** What the service's transactions lock. */
const turnOf = (service: Service) => `turn of ${service}`

const HOLDER = `
  SELECT pid, 1000 * extract(epoch FROM clock_timestamp() - state_change) AS "idleMs"
  FROM pg_locks JOIN pg_stat_activity USING (pid)
  WHERE locktype = 'advisory' AND granted AND state LIKE 'idle in transaction%'
    AND (classid::bigint << 32) | objid::bigint = hashtext($1)::bigint`

/** Somebody else has the turn of a service for a while: an admin with a transaction that is left open. */
export async function holdTurn({ service, forMs }: Turn, postgres: Postgres): Promise<void> {
  await postgres.session(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [turnOf(service)])
    await delay(forMs)
  })
}
