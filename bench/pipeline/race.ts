import { receiversOf } from '../../shared/routes.ts'
import type { Figures, Round } from '../contest.ts'
import { cpuMsOf } from '../usage.ts'
import { stockShop } from './orders.ts'
import { commandsRun } from './redis.ts'
import { type Outside, PipelineShop } from './shop.ts'
import type { Way } from './ways.ts'

const WARM_UP = 0.5 // as many orders more, before those that count: the first ones cost twice the CPU of later ones

/** Sends `orders` orders through a shop, all at once, and tells its figures. Throws unless every one gets paid. */
export async function raceThrough(way: Way, round: Round, orders: number, outside?: Outside): Promise<Figures> {
  const { folder, redisUrl, redisPid } = round
  const warmUp = Math.ceil(orders * WARM_UP)
  await stockShop(folder, warmUp + orders)
  const shop = await PipelineShop.open(way, folder, redisUrl, outside)
  const look = async () => ({ commands: await commandsRun(redisUrl), cpuMs: cpuMsOf([...shop.pids(), redisPid]) })
  try {
    await way.fill(folder, redisUrl, warmUp)
    await shop.drain(warmUp)
    await shop.rest()
    await way.fill(folder, redisUrl, orders)
    const before = await look()
    const tookMs = await shop.drain(orders)
    await shop.rest() // so that what is said and deleted afterwards counts, too
    const after = await look()
    await assertPaid(shop, warmUp + orders)
    return {
      ordersPerSecond: (orders / tookMs) * 1_000,
      commandsPerMessage: (after.commands - before.commands) / (orders * MESSAGES_PER_ORDER),
      ...cpuFigure(before.cpuMs, after.cpuMs, orders),
    }
  } finally {
    await shop.close()
  }
}

const EVENTS = ['order.placed', 'stock.reserved', 'payment.captured'] as const // of an order that is paid
const MESSAGES_PER_ORDER = EVENTS.flatMap(receiversOf).length

async function assertPaid({ books }: PipelineShop, orders: number): Promise<void> {
  const paid = await books.paid()
  if (paid !== orders) throw new Error(`${paid} of ${orders} orders are paid`)
}

/** Tells the contestants apart even on a machine that is busy with other things; not known on every system. */
function cpuFigure(beforeMs: number | undefined, afterMs: number | undefined, orders: number): Figures {
  return beforeMs === undefined || afterMs === undefined ? {} : { cpuMsPerOrder: (afterMs - beforeMs) / orders }
}
