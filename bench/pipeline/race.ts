import { receiversOf } from '../../shared/routes.ts'
import type { Figures, Round } from '../contest.ts'
import { cpuMsOf } from '../usage.ts'
import type { Ground, Used } from './ground.ts'
import { stockShop } from './orders.ts'
import { commandsRun } from './redis.ts'
import { PipelineShop, type Setup } from './shop.ts'
import type { Way } from './ways.ts'

const WARM_UP = 0.5 // as many orders more, before those that count: the first ones cost twice the CPU of later ones

/** Sends `orders` orders through a shop, all at once, and tells its figures. Throws unless every one gets paid. */
async function raceThrough(way: Way, ground: Ground, orders: number, setup: Setup = {}): Promise<Figures> {
  const { place, redisUrl } = ground
  const warmUp = Math.ceil(orders * WARM_UP)
  await stockShop(place, warmUp + orders)
  const shop = await PipelineShop.open(way, place, redisUrl, setup)
  const look = async () => {
    const nodeMs = cpuMsOf(shop.pids())
    return { nodeMs, ...(await ground.used()), commands: await commandsRun(redisUrl) }
  }
  try {
    await way.fill(place, redisUrl, warmUp)
    await shop.drain(warmUp)
    await shop.rest()
    await way.fill(place, redisUrl, orders)
    const before = await look()
    const tookMs = await shop.drain(orders)
    await shop.rest() // so that what is said and deleted afterwards counts, too
    const after = await look()
    await assertPaid(shop, warmUp + orders)
    return { ordersPerSecond: (orders / tookMs) * 1_000, ...costs(before, after, orders) }
  } finally {
    await shop.close()
  }
}

/** The same on what `under` lays for the round. */
export async function raceOn(under: Under, way: Way, round: Round, orders: number, setup?: Setup): Promise<Figures> {
  const ground = await under(round)
  return raceThrough(way, ground, orders, setup).finally(ground.clear)
}

type Under = (round: Round) => Promise<Ground>

const EVENTS = ['order.placed', 'stock.reserved', 'payment.captured'] as const // of an order that is paid
const MESSAGES_PER_ORDER = EVENTS.flatMap(receiversOf).length

async function assertPaid({ books }: PipelineShop, orders: number): Promise<void> {
  const paid = await books.paid()
  if (paid !== orders) throw new Error(`${paid} of ${orders} orders are paid`)
}

type Costs = Used & { nodeMs: number | undefined; commands: number }

/**
 * What an order has cost. Tells the contestants apart even on a machine that is busy with other things; CPU time is not
 * known on every system.
 */
function costs(before: Costs, after: Costs, orders: number): Figures {
  const spent = (one: keyof Costs) => ((after[one] ?? Number.NaN) - (before[one] ?? Number.NaN)) / orders
  const figures = {
    cpuMsPerOrder: spent('nodeMs') + spent('redisMs'),
    nodeMsPerOrder: spent('nodeMs'),
    redisMsPerOrder: spent('redisMs'),
    postgresMsPerOrder: spent('postgresMs'),
    walKbPerOrder: spent('walBytes') / 1_024,
    commitsPerOrder: spent('commits'),
    commandsPerMessage: spent('commands') / MESSAGES_PER_ORDER,
  }
  return Object.fromEntries(Object.entries(figures).filter(([, figure]) => Number.isFinite(figure)))
}
