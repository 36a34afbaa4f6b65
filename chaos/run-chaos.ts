import { awaitRest, type Rest } from './await-rest.ts'
import { type Customers, sendCustomers } from './customers.ts'
import { doctor } from './doctored-tree.ts'
import { inflict } from './inflict.ts'
import { judge, type Verdict } from './judge.ts'
import { leftoversIn } from './leftovers.ts'
import { type Nemesis, unleash } from './nemesis.ts'
import { type Errand, errands } from './order-mix.ts'
import type { Plan } from './plan.ts'
import { progress, type Say } from './progress.ts'
import { connectRedis, type Redis } from './redis-door.ts'
import { Shop } from './shop.ts'
import type { Storm } from './storm.ts'
import { allWell } from './switches.ts'

export type ChaosReport = { plan: Plan; storm: Storm; log: Shop['log']; verdict: Verdict }

/**
 * Opens a shop, sends customers and a nemesis at the same time, lets it come to rest, closes it and has its books
 * audited. `signal` ends it before its time, in good order.
 */
export async function runChaos(plan: Plan, signal: AbortSignal, say: Say = () => {}): Promise<ChaosReport> {
  const tree = doctor(plan.edits)
  try {
    const shop = await Shop.open(tree.folder, plan.dataDir)
    plan.onOpen?.()
    const storm = await storming(plan, shop, signal, say).finally(() => shop.stop())
    return { plan, storm, log: shop.log, verdict: judge(plan, storm, shop.log) }
  } finally {
    tree.remove()
  }
}

async function storming(plan: Plan, shop: Shop, signal: AbortSignal, say: Say): Promise<Storm> {
  const redis = connectRedis(await shop.redisUrl())
  const startMs = Date.now()
  const customers = customersOf(plan, shop, signal)
  const nemesis = unleash(plan.faults, (fault) => inflict(fault, { shop, redis }), signal)
  const watch = progress({ plan, shop, customers, nemesis }, say)
  try {
    const rest = await calm({ plan, shop, redis, customers, nemesis, signal })
    const leftovers = await leftoversIn(redis)
    const { receipts } = customers
    const { tally } = nemesis
    return { receipts, tally, rest, leftovers, mostPushes: watch.mostPushes(), tookMs: Date.now() - startMs }
  } finally {
    watch.stop()
    redis.disconnect()
  }
}

function customersOf(plan: Plan, shop: Shop, signal: AbortSignal): Customers {
  const limit = AbortSignal.timeout(plan.durationMs + plan.settleLimitMs)
  return sendCustomers(errandsOf(plan), {
    url: () => shop.url('order'),
    everyMs: plan.durationMs / plan.orders,
    signal: AbortSignal.any([signal, limit]),
  })
}

function* errandsOf({ seed, orders, isEnough, dataDir }: Plan): Generator<Errand, void> {
  for (const errand of errands(seed, orders)) {
    if (isEnough?.(dataDir)) return
    yield errand
  }
}

type Players = {
  plan: Plan
  shop: Shop
  redis: Redis
  customers: Customers
  nemesis: Nemesis
  signal: AbortSignal
}

/** The faults stop, the last customers are served, and the shop comes to rest or does not. */
async function calm({ plan, shop, redis, customers, nemesis, signal }: Players): Promise<Rest> {
  await nemesis.done
  await shop.thaw()
  await allWell(shop)
  await customers.done
  return awaitRest(plan.dataDir, redis, plan.settleLimitMs, signal)
}
