import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import type { Service } from '../shared/routes.ts'
import type { Deed } from './fault.ts'
import { freeze } from './hurt-processes.ts'
import { poisonAt } from './poison.ts'
import { seededRandom, shuffled } from './random.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'

const LIST_MAX = 20_000 // elements looked at; a list only grows so long when its service is down

type Held = { service: Service; holdMs: number }
type Target = { shop: Shop; redis: Redis }

/** Holds the worker of a list until something has gathered in it, does the deed, and lets the worker go on. */
export async function meddle({ service, holdMs }: Held, shop: Shop, deed: () => Promise<void>): Promise<void> {
  const frozen = freeze(service, holdMs + DEED_MS, shop)
  await Promise.all([frozen, delay(holdMs).then(deed)])
}

const DEED_MS = 100

/** Pushes everything that is in a list once more, now or when the first copies may have been handled. */
export async function repeat(fault: Extract<Deed, { kind: 'repeat' }>, { shop, redis }: Target): Promise<void> {
  let copies: string[] = []
  await meddle(fault, shop, async () => {
    copies = await redis.lrange(queueKey(fault.service), 0, LIST_MAX)
  })
  await delay(fault.afterMs)
  if (copies.length > 0) await redis.lpush(queueKey(fault.service), ...copies)
}

/** Puts a list in another order. What is pushed or popped in between is lost or doubled, which is as bad. */
export async function shuffle(fault: Extract<Deed, { kind: 'shuffle' }>, { shop, redis }: Target): Promise<void> {
  const key = queueKey(fault.service)
  await meddle(fault, shop, async () => {
    const found = await redis.lrange(key, 0, LIST_MAX)
    if (found.length === 0) return
    await redis
      .multi()
      .del(key)
      .lpush(key, ...shuffled(found, seededRandom(fault.seed)))
      .exec()
  })
}

/** Pushes what is not a message. */
export async function poison(fault: Extract<Deed, { kind: 'poison' }>, redis: Redis): Promise<void> {
  await redis.lpush(queueKey(fault.service), poisonAt(fault.poison))
}
