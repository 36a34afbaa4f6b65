import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import { asideOf, type Queue, type Service, shardsOf } from '../shared/routes.ts'
import type { Deed } from './fault.ts'
import { hold } from './hurt-processes.ts'
import { poisonAt } from './poison.ts'
import { seededRandom, shuffled } from './random.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'

const LIST_MAX = 20_000 // elements looked at; a list only grows so long when its service is down

type Held = { service: Service; holdMs: number }
type Target = { shop: Shop; redis: Redis }

/** Holds the workers of a list until something has gathered in it, does the deed, and lets the workers go on. */
export async function meddle({ service, holdMs }: Held, shop: Shop, deed: () => Promise<void>): Promise<void> {
  const frozen = hold(service, holdMs + DEED_MS, shop)
  await Promise.all([frozen, delay(holdMs).then(deed)])
}

const DEED_MS = 100

/** Pushes everything that is in a list once more, now or when the first copies may have been handled. */
export async function repeat(fault: Extract<Deed, { kind: 'repeat' }>, { shop, redis }: Target): Promise<void> {
  const keys = hurtOf(fault.service).map(queueKey)
  let copies: string[][] = []
  await meddle(fault, shop, async () => {
    copies = await Promise.all(keys.map((key) => redis.lrange(key, 0, LIST_MAX)))
  })
  await delay(fault.afterMs)
  for (const [i, key] of keys.entries()) {
    const again = copies[i] ?? []
    if (again.length > 0) await redis.lpush(key, ...again)
  }
}

/** Puts a list in another order. What is pushed or popped in between is lost or doubled, which is as bad. */
export async function shuffle(fault: Extract<Deed, { kind: 'shuffle' }>, { shop, redis }: Target): Promise<void> {
  await meddle(fault, shop, async () => {
    for (const key of hurtOf(fault.service).map(queueKey)) await mix(key, fault.seed, redis)
  })
}

/** The lists of a service that are meddled with: its own with all its shards, and the one for what goes another way. */
const hurtOf = (service: Service): Queue[] => [...shardsOf(service), ...asideOf(service)]

async function mix(key: string, seed: number, redis: Redis): Promise<void> {
  const found = await redis.lrange(key, 0, LIST_MAX)
  if (found.length === 0) return
  await redis
    .multi()
    .del(key)
    .lpush(key, ...shuffled(found, seededRandom(seed)))
    .exec()
}

/** Pushes what is not a message. */
export async function poison(fault: Extract<Deed, { kind: 'poison' }>, redis: Redis): Promise<void> {
  await redis.lpush(queueKey(fault.service), poisonAt(fault.poison))
}
