import { z } from 'zod'
import { every } from '../../../shared/every.ts'
import type { Health } from '../../../shared/health.ts'
import { queueKey } from '../../../shared/keys.ts'
import { allWorkers } from '../../../shared/protocol/workers.ts'
import { listsOf, type Service } from '../../../shared/routes.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Ask } from '../../../shared/web/ask-service.ts'
import { remember } from '../room/remember.ts'
import type { Moment } from './history-answer.ts'
import { createTally } from './tally.ts'

/** From one look to the next. */
export const STEP_MS = 5_000
const KEPT = 720 // looks: an hour
const LETTERS_MS = 14_000 // at each third look; it is the services that have to be asked

/** What went on in each queue over the last hour, as far as this program has been up. It looks whether or not somebody watches. */
export type History = { of(service: Service): Moment[]; stop(): Promise<void> }

type Deps = { redis: Redis; ask: Ask; services: readonly Service[]; health: Health }

/** A few short commands a queue at each look, and no more than an hour in memory: some 100 kB a queue. */
export function createHistory({ redis, ask, services, health }: Deps): History {
  const kept = new Map(services.map((service) => [service, [] as Moment[]]))
  const lookers = services.map((service) => ({ service, look: createLooker(redis, ask, service) }))
  const looking = every(STEP_MS, 'history', health, async () => {
    const at = Date.now()
    await Promise.all(
      lookers.map(async ({ service, look }) => {
        const moments = kept.get(service)
        moments?.push(await look(at))
        if (moments !== undefined && moments.length > KEPT) moments.shift()
      }),
    )
  })
  return { of: (service) => kept.get(service) ?? [], stop: looking.stop }
}

const letters = z.object({ total: z.int() })

/** Looks at one queue. Never rejects: what cannot be told is null. */
function createLooker(redis: Redis, ask: Ask, service: Service): (at: number) => Promise<Moment> {
  const tally = createTally()
  const countDead = async () => letters.parse((await ask(service, '/ops/dead-letters?limit=0'))?.body).total
  const dead = remember(LETTERS_MS, countDead)
  return async (at) => {
    const seen = await read(redis, service).catch(() => null)
    const t = Math.round(at / 1_000)
    if (seen === null) return { t, waiting: null, inFlight: null, handledPerS: null, retried: null, dead: dead() }
    const { handledPerS, retried } = tally(seen.beats, performance.now())
    return { t, waiting: seen.waiting, inFlight: seen.inFlight, handledPerS, retried, dead: dead() }
  }
}

async function read(redis: Redis, service: Service) {
  const [lengths, beats] = await Promise.all([
    Promise.all(listsOf(service).map((list) => redis.llen(queueKey(list)))),
    allWorkers(redis, service),
  ])
  const sumOf = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)
  return { waiting: sumOf(lengths), inFlight: sumOf([...beats.values()].map((beat) => beat.inFlight)), beats }
}
