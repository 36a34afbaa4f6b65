import { awaitReady } from './await-ready.ts'
import { awaitRest, type Rest } from './await-rest.ts'
import type { Customers } from './customers.ts'
import { doctor } from './doctored-tree.ts'
import { inflict } from './inflict.ts'
import { judge, type Verdict } from './judge.ts'
import { awaitLines } from './judge-lines.ts'
import { recomputeSales } from './judge-sales.ts'
import { leftoversIn } from './leftovers.ts'
import type { Missing } from './means.ts'
import { openNeighbour } from './neighbour.ts'
import { type Nemesis, unleash } from './nemesis.ts'
import type { Plan } from './plan.ts'
import { customersOf, liveOf, readersOf, salesOf } from './players.ts'
import { progress, type Say } from './progress.ts'
import { connectRedis, type Redis } from './redis-door.ts'
import { allowAll } from './refuse.ts'
import { Shop } from './shop.ts'
import type { Storm } from './storm.ts'
import { openSubscriber } from './subscriber.ts'
import { allWell } from './switches.ts'
import { gatherTools, type Tools } from './tools.ts'
import { writeLines } from './write-lines.ts'

/** `missing` are the kinds of faults that cannot be done on this machine; they are not in the plan. */
export type ChaosReport = { plan: Plan; missing: Missing; storm: Storm; log: Shop['log']; verdict: Verdict }

/**
 * Opens a shop, sends customers and a nemesis at the same time, lets it come to rest, closes it and has its books
 * audited. `signal` ends it before its time, in good order.
 */
export async function runChaos(wanted: Plan, signal: AbortSignal, say: Say = () => {}): Promise<ChaosReport> {
  const tools = await gatherTools(wanted)
  const plan = { ...wanted, faults: wanted.faults.filter(({ kind }) => !tools.missing.has(kind)) }
  try {
    const tree = doctor([...plan.edits, ...tools.edits])
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

/** How many there are of its services, and how it deals with its customers. */
export function termsOf({ doubled = [], payWithinMs }: Plan): NodeJS.ProcessEnv {
  return {
    INSTANCES: doubled.map((service) => `${service}:2`).join(),
    ...(payWithinMs !== undefined && { PAY_WITHIN_MS: String(payWithinMs) }),
  }
}

async function storming(shop: Shop, { plan, tools, signal, say }: Run): Promise<Storm> {
  const redis = connectRedis(await shop.redisUrl())
  const isForTwo = plan.faults.some(({ kind }) => kind === 'neighbour')
  const neighbour = isForTwo ? await openNeighbour(shop, plan, signal) : undefined
  const subscriber = await openSubscriber(shop, plan.seed, signal)
  const startMs = Date.now()
  const customers = customersOf(plan, shop, signal)
  const sales = salesOf(plan, shop, signal, customers)
  const lines = plan.lines && writeLines(plan.lines, { ...plan, signal })
  const live = liveOf(plan, shop, signal, customers)
  const nemesis = unleash(
    plan.faults,
    (fault) => inflict(fault, { ...tools, ...tools.engines, shop, redis, neighbour, lines }),
    signal,
  )
  const { receipts } = customers
  const { tally } = nemesis
  const watch = progress({ plan, shop, customers, sales, nemesis }, say)
  try {
    const rest = await calm({ plan, tools, shop, redis, customers, beside: [sales, lines, live], nemesis, signal })
    // What does not come to rest has failed, and is waited for no longer.
    const watched = live && (await readersOf(live, plan, signal))
    const kept = lines && {
      told: lines.told,
      ...(await awaitLines(lines.told, plan.dataDir, plan.settleLimitMs, signal)),
    }
    const untold = rest.isAtRest ? await subscriber.complaints(signal) : []
    const misheld = sales === undefined ? [] : await recomputeSales(sales.told, shop)
    const unready = rest.isAtRest ? await awaitReady(shop, signal) : []
    const leftovers = await leftoversIn(redis)
    const mostPushes = watch.mostPushes()
    const tookMs = Date.now() - startMs
    const nextDoor = (await neighbour?.close(tally)) ?? []
    const outside = { ...subscriber.told(), untold }
    const held = sales === undefined ? undefined : { told: sales.told, wrong: misheld }
    return {
      receipts,
      tally,
      rest,
      unready,
      leftovers,
      mostPushes,
      tookMs,
      nextDoor,
      outside,
      sales: held,
      lines: kept,
      live: watched,
    }
  } finally {
    watch.stop()
    await live?.stop()
    redis.disconnect()
    subscriber.close()
    await neighbour?.stop()
  }
}

type Players = {
  plan: Plan
  tools: Tools
  shop: Shop
  redis: Redis
  customers: Customers
  /** What else goes on beside them. */
  beside: ({ done: Promise<void> } | undefined)[]
  nemesis: Nemesis
  signal: AbortSignal
}

/** The faults stop, the last customers are served, and the shop comes to rest or does not. */
async function calm({ plan, tools, shop, redis, customers, beside, nemesis, signal }: Players): Promise<Rest> {
  await nemesis.done
  await shop.thaw()
  await allWell(shop)
  const { cluster } = tools.engines
  await tools.engines.mend()
  await allowAll(cluster?.nodes.map(({ client }) => client) ?? [redis], cluster !== undefined)
  await customers.done
  await Promise.all(beside.map((one) => one?.done))
  return awaitRest(plan.dataDir, redis, plan.settleLimitMs, signal)
}
