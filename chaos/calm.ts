import { awaitRest, type Rest } from './await-rest.ts'
import type { Books } from './books.ts'
import type { Customers } from './customers.ts'
import type { Nemesis } from './nemesis.ts'
import type { Plan } from './plan.ts'
import type { Redis } from './redis-door.ts'
import { allowAll } from './refuse.ts'
import type { Shop } from './shop.ts'
import { allWell } from './switches.ts'
import type { Tools } from './tools.ts'

type Players = {
  plan: Plan
  tools: Tools
  shop: Shop
  books: Books
  redis: Redis
  customers: Customers
  /** What else goes on beside them. */
  beside: ({ done: Promise<void> } | undefined)[]
  nemesis: Nemesis
  signal: AbortSignal
}

/** The faults stop, the last customers are served, and the shop comes to rest or does not. */
export async function calm(players: Players): Promise<Rest> {
  const { plan, tools, shop, books, redis, customers, beside, nemesis, signal } = players
  await nemesis.done
  await shop.thaw()
  await allWell(shop)
  const { cluster } = tools.engines
  await tools.engines.mend()
  await allowAll(cluster?.nodes.map(({ client }) => client) ?? [redis], cluster !== undefined)
  await customers.done
  await Promise.all(beside.map((one) => one?.done))
  return awaitRest(books, redis, { limitMs: plan.settleLimitMs, signal })
}
