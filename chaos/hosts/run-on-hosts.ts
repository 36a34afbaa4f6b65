import { chmodSync, mkdirSync } from 'node:fs'
import { copyDatabase } from '../../audit/copy-database.ts'
import { type Service, services } from '../../shared/routes.ts'
import { awaitRest, type Rest } from '../await-rest.ts'
import { findLibrary } from '../clocks.ts'
import type { Customers } from '../customers.ts'
import { DatabaseBooks } from '../database-books.ts'
import { doctor } from '../doctored-tree.ts'
import type { Fault } from '../fault.ts'
import { judge } from '../judge.ts'
import { leftoversIn } from '../leftovers.ts'
import type { Missing } from '../means.ts'
import { type Nemesis, unleash } from '../nemesis.ts'
import { outside } from '../outside-draws.ts'
import type { Plan } from '../plan.ts'
import { customersOf } from '../players.ts'
import { progress, type Say } from '../progress.ts'
import { connectRedis } from '../redis-door.ts'
import { type ChaosReport, termsOf } from '../run-chaos.ts'
import type { Storm } from '../storm.ts'
import { allWell, type Flipped, flip } from '../switches.ts'
import { isHostDeed } from './host-deed.ts'
import { hurtHosts } from './hurt-hosts.ts'
import { DATABASE_URL } from './postgres-pair.ts'
import { REDIS_URL } from './redis-nodes.ts'
import { ShopOnHosts } from './shop-on-hosts.ts'
import { unreadyOn } from './unready-on.ts'

/** What a shop over many hosts does without here, where all of them share a machine. */
const LEFT_OUT: readonly Service[] = ['accounts', 'sale', 'live', 'webhooks', 'logs']
const present = services.filter((service) => !LEFT_OUT.includes(service))
const NOBODY = { events: 0, calls: 0, untold: [] } // is subscribed

type Room = { folder: string; signal: AbortSignal; say: Say }

/** The same run as `runChaos`, with a shop over many hosts, in a room of its own. */
export async function runOnHosts(wanted: Plan, room: Room): Promise<ChaosReport> {
  const missing: Missing = new Map(findLibrary() === undefined ? [['skew', 'libfaketime is not installed']] : [])
  const plan = { ...wanted, signUpShare: 0, faults: wanted.faults.filter(({ kind }) => !missing.has(kind)) }
  const tree = doctor(plan.edits)
  try {
    return { ...(await runIn(tree.folder, plan, room)), missing }
  } finally {
    tree.remove()
  }
}

async function runIn(tree: string, plan: Plan, { folder, signal, say }: Room): Promise<Omit<ChaosReport, 'missing'>> {
  const { dataDir } = plan
  mkdirSync(dataDir, { recursive: true })
  chmodSync(dataDir, 0o700)
  const env = { WITHOUT: LEFT_OUT.join(','), ...termsOf({ ...plan, payWithinMs: plan.payWithinMs ?? PAY_WITHIN_MS }) }
  const shop = await ShopOnHosts.open({ tree, dataDir, folder, env, say })
  plan.onOpen?.()
  const storm = await storming(shop, plan, signal, say)
  await shop.stop()
  const copy = await copyDatabase(DATABASE_URL, dataDir)
  try {
    return { plan, storm, log: shop.log, verdict: judge({ ...plan, dataDir: copy.dataDir }, storm, shop.log) }
  } finally {
    copy.remove()
  }
}

const PAY_WITHIN_MS = 15_000

async function storming(shop: ShopOnHosts, plan: Plan, signal: AbortSignal, say: Say): Promise<Storm> {
  const redis = connectRedis(REDIS_URL)
  const books = new DatabaseBooks(DATABASE_URL, plan.dataDir, present)
  const startMs = Date.now()
  const customers = customersOf(plan, shop, signal)
  const nemesis = unleash(plan.faults, (fault) => inflict(fault, shop), signal)
  const watch = progress({ plan, shop, customers, sales: undefined, nemesis, books }, say)
  try {
    await calm(shop, customers, nemesis)
    const rest: Rest = await awaitRest(books, redis, { limitMs: plan.settleLimitMs, signal, asked: present })
    const unready = rest.isAtRest ? await unreadyOn(shop, signal) : []
    const leftovers = await leftoversIn(redis, present)
    const [mostPushes, tookMs] = [watch.mostPushes(), Date.now() - startMs]
    const seen = { receipts: customers.receipts, tally: nemesis.tally, rest, unready, leftovers, mostPushes, tookMs }
    return { ...seen, nextDoor: [], outside: NOBODY, sales: undefined, lines: undefined, live: undefined }
  } finally {
    watch.stop()
    redis.disconnect()
    await books.close().catch(() => {})
  }
}

/** Done to hosts, or to the world outside. */
async function inflict(fault: Fault, shop: ShopOnHosts): Promise<void> {
  if (isHostDeed(fault)) return hurtHosts(fault, shop)
  if (isFlipped(fault)) return flip(fault, shop)
  throw new Error('that is done to a shop on one host')
}

const isFlipped = (fault: Fault): fault is Fault & Flipped => fault.kind in outside

/** The faults stop, all is whole again, and the last customers are served. */
async function calm(shop: ShopOnHosts, customers: Customers, nemesis: Nemesis): Promise<void> {
  await nemesis.done
  await allWell(shop)
  await customers.done
}
