import { join } from 'node:path'
import { awaitReady } from './await-ready.ts'
import { awaitRest } from './await-rest.ts'
import { fileBooks } from './books.ts'
import { sendCustomers } from './customers.ts'
import { judge } from './judge.ts'
import { leftoversIn } from './leftovers.ts'
import type { Tally } from './nemesis.ts'
import { errands } from './order-mix.ts'
import { peopleOf } from './people.ts'
import type { Plan } from './plan.ts'
import { noReceipts } from './receipts.ts'
import { connectRedis } from './redis-door.ts'
import { Shop } from './shop.ts'
import type { Storm } from './storm.ts'

/** A second shop on the same Redis, in a corner of its own: what is done to Redis hurts both, and neither may hurt the other. */
export type Neighbour = {
  /** Sends it so many customers. Resolves when all are served. */
  trade(orders: number): Promise<void>
  /** Lets it come to rest, closes it and has its books audited. Resolves with what is wrong; `tally` is of what was done. */
  close(tally: Tally): Promise<string[]>
  /** Closes it, whatever it is doing. */
  stop(): Promise<void>
}

const CORNER_NEXT_DOOR = 'chaos-next-door'
const ORDERS_MAX = 100_000
const EVERY_MS = 40
const NOBODY = { events: 0, calls: 0, untold: [] } // is subscribed there

/** Opens it on the Redis of the first one. Throws when it does not come up. */
export async function openNeighbour(first: Shop, plan: Plan, signal: AbortSignal): Promise<Neighbour> {
  const dataDir = join(plan.dataDir, 'next-door')
  const redisUrl = await first.redisUrl()
  const shop = await Shop.open(first.folder, dataDir, { REDIS_URL: redisUrl, REDIS_PREFIX: CORNER_NEXT_DOOR })
  const customers = errands(plan.seed + 1, ORDERS_MAX)
  const people = peopleOf(plan, shop, signal)
  const receipts = noReceipts()
  const startMs = performance.now()

  const trade = async (orders: number) => {
    const few = Array.from({ length: orders }, () => customers.next().value).filter((errand) => errand !== undefined)
    await sendCustomers(few, { ...people, everyMs: EVERY_MS, receipts }).done
  }
  const stormOf = async (tally: Tally): Promise<Storm> => {
    const redis = connectRedis(redisUrl, CORNER_NEXT_DOOR)
    try {
      const rest = await awaitRest(fileBooks(dataDir), redis, { limitMs: plan.settleLimitMs, signal })
      const unready = await awaitReady(shop, signal)
      const leftovers = await leftoversIn(redis)
      const tookMs = performance.now() - startMs
      return {
        receipts,
        tally,
        rest,
        unready,
        leftovers,
        mostPushes: rest.left.mostPushes,
        tookMs,
        nextDoor: [],
        sales: undefined,
        lines: undefined,
        live: undefined,
        outside: NOBODY,
      }
    } finally {
      redis.disconnect()
    }
  }
  const close = async (tally: Tally) => {
    const storm = await stormOf({ ...tally, broken: [] })
    await shop.stop()
    return judge({ ...plan, dataDir }, storm, shop.log).reasons.map((reason) => `next door: ${reason}`)
  }
  return { trade, close, stop: () => shop.stop() }
}
