import { awaitReady } from './await-ready.ts'
import { awaitRest, type Rest } from './await-rest.ts'
import { type Customers, sendCustomers } from './customers.ts'
import { doctor } from './doctored-tree.ts'
import { holdSales, type Sales } from './hold-sales.ts'
import { inflict } from './inflict.ts'
import { judge, type Verdict } from './judge.ts'
import { recomputeSales } from './judge-sales.ts'
import { leftoversIn } from './leftovers.ts'
import type { Missing } from './means.ts'
import { openNeighbour } from './neighbour.ts'
import { type Nemesis, unleash } from './nemesis.ts'
import { type Errand, errands } from './order-mix.ts'
import { peopleOf } from './people.ts'
import type { Plan } from './plan.ts'
import { progress, type Say } from './progress.ts'
import { connectRedis, type Redis } from './redis-door.ts'
import { allowAll } from './refuse.ts'
import { secondWorker } from './second-worker.ts'
import { Shop } from './shop.ts'
import type { Storm } from './storm.ts'
import { openSubscriber } from './subscriber.ts'
import { allWell } from './switches.ts'
import { gatherTools, type Tools } from './tools.ts'

/** `missing` are the kinds of faults that cannot be done on this machine; they are not in the plan. */
export type ChaosReport = { plan: Plan; missing: Missing; storm: Storm; log: Shop['log']; verdict: Verdict }

/**
 * Opens a shop, sends customers and a nemesis at the same time, lets it come to rest, closes it and has its books
 * audited. `signal` ends it before its time, in good order.
 */
export async function runChaos(wanted: Plan, signal: AbortSignal, say: Say = () => {}): Promise<ChaosReport> {
  const tools = gatherTools(wanted)
  const plan = { ...wanted, faults: wanted.faults.filter(({ kind }) => !tools.missing.has(kind)) }
  try {
    const tree = doctor([...plan.edits, ...(plan.isDoubled ? [secondWorker] : []), ...tools.edits])
    try {
      return await runIn(tree.folder, { plan, tools, signal, say })
    } finally {
      tree.remove()
    }
  } finally {
    await tools.remove()
  }
}

type Run = { plan: Plan; tools: Tools; signal: AbortSignal; say: Say }

async function runIn(folder: string, run: Run): Promise<ChaosReport> {
  const { plan, tools } = run
  const shop = await Shop.open(folder, plan.dataDir, { ...tools.env, ...termsOf(plan) })
  plan.onOpen?.()
  const storm = await storming(shop, run).finally(() => shop.stop())
  return { plan, missing: tools.missing, storm, log: shop.log, verdict: judge(plan, storm, shop.log) }
}

/** How the shop deals with its customers. */
export function termsOf({ payWithinMs }: Plan): NodeJS.ProcessEnv {
  return payWithinMs === undefined ? {} : { PAY_WITHIN_MS: String(payWithinMs) }
}

async function storming(shop: Shop, { plan, tools, signal, say }: Run): Promise<Storm> {
  const redis = connectRedis(await shop.redisUrl())
  const isForTwo = plan.faults.some(({ kind }) => kind === 'neighbour')
  const neighbour = isForTwo ? await openNeighbour(shop, plan, signal) : undefined
  const subscriber = await openSubscriber(shop, plan.seed, signal)
  const startMs = Date.now()
  const customers = customersOf(plan, shop, signal)
  const sales = salesOf(plan, shop, signal, customers)
  const nemesis = unleash(plan.faults, (fault) => inflict(fault, { ...tools, shop, redis, neighbour }), signal)
  const { receipts } = customers
  const { tally } = nemesis
  const watch = progress({ plan, shop, customers, sales, nemesis }, say)
  try {
    const rest = await calm({ plan, shop, redis, customers, sales, nemesis, signal })
    // What does not come to rest has failed, and is waited for no longer.
    const untold = rest.isAtRest ? await subscriber.complaints(signal) : []
    const misheld = sales === undefined ? [] : await recomputeSales(sales.told, shop)
    const unready = rest.isAtRest ? await awaitReady(shop, signal) : []
    const leftovers = await leftoversIn(redis)
    const mostPushes = watch.mostPushes()
    const tookMs = Date.now() - startMs
    const nextDoor = (await neighbour?.close(tally)) ?? []
    const outside = { ...subscriber.told(), untold }
    const held = sales === undefined ? undefined : { told: sales.told, wrong: misheld }
    return { receipts, tally, rest, unready, leftovers, mostPushes, tookMs, nextDoor, outside, sales: held }
  } finally {
    watch.stop()
    redis.disconnect()
    subscriber.close()
    await neighbour?.stop()
  }
}

function customersOf(plan: Plan, shop: Shop, signal: AbortSignal): Customers {
  const everyMs = plan.durationMs / plan.orders
  return sendCustomers(errandsOf(plan), { ...peopleOf(plan, shop, signal), everyMs })
}

function salesOf(plan: Plan, shop: Shop, signal: AbortSignal, { receipts }: Customers): Sales | undefined {
  return plan.sale && holdSales(plan, plan.sale, shop, { ...peopleOf(plan, shop, signal), receipts })
}

function* errandsOf({ seed, orders, signUpShare, isEnough, dataDir }: Plan): Generator<Errand, void> {
  for (const errand of errands(seed, orders, signUpShare)) {
    if (isEnough?.(dataDir)) return
    yield errand
  }
}

type Players = {
  plan: Plan
  shop: Shop
  redis: Redis
  customers: Customers
  sales: Sales | undefined
  nemesis: Nemesis
  signal: AbortSignal
}

/** The faults stop, the last customers are served, and the shop comes to rest or does not. */
async function calm({ plan, shop, redis, customers, sales, nemesis, signal }: Players): Promise<Rest> {
  await nemesis.done
  await shop.thaw()
  await allWell(shop)
  await allowAll(redis)
  await customers.done
  await sales?.done
  return awaitRest(plan.dataDir, redis, plan.settleLimitMs, signal)
}
