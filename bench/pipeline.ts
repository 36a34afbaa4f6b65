import { receiversOf } from '../shared/routes.ts'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { stockShop } from './pipeline-orders.ts'
import { commandsRun } from './pipeline-redis.ts'
import { PipelineShop } from './pipeline-shop.ts'
import { bee, bullmq, ours, tutorial, type Way } from './pipeline-ways.ts'

/** How many orders a second go through all services when as many wait as they can take. */
export const pipeline: Contest = {
  name: 'pipeline',
  what:
    'Orders from the books to paid, with both mails, through four services in a process each: all of them wait ' +
    'when the clock starts, every commit waits for the disk, gateway and mail server answer at once.',
  units: { ordersPerSecond: 'orders/s', commandsPerMessage: 'Redis commands/message' },
  size: 20_000,
  quickSize: 5_000,
  rounds: 5,
  contestants: [
    contestant(ours, 1),
    contestant(bullmq, 1 / 20), // the rate is what counts
    contestant(bee, 1 / 20),
    contestant(tutorial, 1 / 20),
  ],
  goals: [
    { figure: 'ordersPerSecond', ours: ours.name, than: bullmq.name, atLeast: 20 },
    { figure: 'commandsPerMessage', ours: ours.name, atMost: 0.05 },
  ],
}

const WARM_UP = 0.1 // as many orders more, before those that count

function contestant(way: Way, share: number): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    const orders = Math.ceil(size * share)
    const warmUp = Math.ceil(orders * WARM_UP)
    await stockShop(folder, warmUp + orders)
    const shop = await PipelineShop.open(way, folder, redisUrl)
    try {
      await way.fill(folder, redisUrl, warmUp)
      await drain(shop, warmUp)
      await shop.rest()
      await way.fill(folder, redisUrl, orders)
      const before = await commandsRun(redisUrl)
      const tookMs = await drain(shop, orders)
      await shop.rest() // so that what is said afterwards counts
      const commands = (await commandsRun(redisUrl)) - before
      const paid = await shop.books.paid()
      if (paid !== warmUp + orders) throw new Error(`${paid} of ${warmUp + orders} orders are paid`)
      return { ordersPerSecond: (orders / tookMs) * 1_000, commandsPerMessage: commands / orders / MESSAGES_PER_ORDER }
    } finally {
      await shop.close()
    }
  }
  return { name: way.name, play }
}

const EVENTS = ['order.placed', 'stock.reserved', 'payment.captured'] as const // of an order that is paid
const MESSAGES_PER_ORDER = EVENTS.flatMap(receiversOf).length

/** How long it took (ms). */
async function drain(shop: PipelineShop, orders: number): Promise<number> {
  const startMs = performance.now()
  await shop.work()
  await shop.whenDone(orders)
  return performance.now() - startMs
}
