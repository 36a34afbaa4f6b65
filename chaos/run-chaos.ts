import { awaitReady } from './await-ready.ts'
import { type Books, fileBooks } from './books.ts'
import { calm } from './calm.ts'
import { DatabaseBooks } from './database-books.ts'
import { doctor } from './doctored-tree.ts'
import { inflict } from './inflict.ts'
import { judge, type Verdict } from './judge.ts'
import { awaitLines } from './judge-lines.ts'
import { recomputeSales } from './judge-sales.ts'
import { leftoversIn } from './leftovers.ts'
import type { Missing } from './means.ts'
import { openNeighbour } from './neighbour.ts'
import { unleash } from './nemesis.ts'
import type { Plan } from './plan.ts'
import { customersOf, liveOf, readersOf, salesOf } from './players.ts'
import { progress, type Say } from './progress.ts'
import { connectRedis } from './redis-door.ts'
import { Shop } from './shop.ts'
import type { Storm } from './storm.ts'
import { openSubscriber } from './subscriber.ts'
import { gatherTools, type Tools } from './tools.ts'
import { resting } from './work-left.ts'
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
  const books = booksOf(run)
  try {
    plan.onOpen?.()
    const storm = await storming(shop, books, run).finally(() => shop.stop())
    const verdict = await books.read((dataDir) => judge({ ...plan, dataDir }, storm, shop.log))
    return { plan, missing: tools.missing, storm, log: shop.log, verdict }
  } finally {
    await books.close()
  }
}

function booksOf({ plan: { dataDir }, tools: { engines } }: Run): Books {
  const { postgres } = engines
  return postgres === undefined ? fileBooks(dataDir) : new DatabaseBooks(postgres.directUrl, dataDir, resting)
}

/** How many there are of its services, and how it deals with its customers. */
export function termsOf({ doubled = [], shards, payWithinMs }: Plan): NodeJS.ProcessEnv {
  return {
    INSTANCES: doubled.map((service) => `${service}:2`).join(),
    ...(shards !== undefined && { SHARDS: shards }),
    ...(payWithinMs !== undefined && { PAY_WITHIN_MS: String(payWithinMs) }),
  }
}

async function storming(shop: Shop, books: Books, { plan, tools, signal, say }: Run): Promise<Storm> {
  const redis = connectRedis(await shop.redisUrl())
  const isForTwo = plan.faults.some(({ kind }) => kind === 'neighbour')
  const neighbour = isForTwo ? await openNeighbour(shop, plan, signal) : undefined
  const subscriber = await openSubscriber(shop, books, plan.seed, signal)
  const startMs = Date.now()
  const customers = customersOf(plan, shop, signal)
  const sales = salesOf(plan, shop, signal, customers)
  const lines = plan.lines && writeLines(plan.lines, { ...plan, signal })
  const live = liveOf(plan, shop, signal, customers)
  const target = { ...tools, ...tools.engines, shop, books, redis, neighbour, lines }
  const tell = (line: string) => {
    tally.told.push(line)
    say(line)
  }
  const nemesis = unleash(plan.faults, (fault) => inflict(fault, { ...target, say: tell }), signal)
  const { receipts } = customers
  const { tally } = nemesis
  const watch = progress({ plan, shop, customers, sales, nemesis, books }, say)
  try {
    const rest = await calm({
      plan,
      tools,
      shop,
      books,
      redis,
      customers,
      beside: [sales, lines, live],
      nemesis,
      signal,
    })
    // What does not come to rest has failed, and is waited for no longer.
    const watched = live && (await readersOf(live, plan, books, signal))
    const kept = lines && {
      told: lines.told,
      ...(await awaitLines(lines.told, books, plan.settleLimitMs, signal)),
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
