import type { Contest, Contestant, Figures, Round } from './contest.ts'
import type { LoadFigures } from './load.ts'
import { booksIn, PAID } from './order-books.ts'
import { callFigures } from './peaks/calls.ts'
import { withGateway } from './peaks/with-gateway.ts'
import { stockShop } from './pipeline/orders.ts'
import { PipelineShop } from './pipeline/shop.ts'
import { bullmq, tutorial, type Way } from './pipeline/ways.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'
import { untilThere } from './until-there.ts'

export const GATEWAY_PER_SECOND = 100
const OURS = 'Orderline, the whole shop of npm start'
const PACE = { GATEWAY_RATE: String(GATEWAY_PER_SECOND) }

/** Whether a peak of orders is flat when it reaches the gateway. */
export const peaks: Contest = {
  name: 'peaks',
  what:
    '5,000 orders for a gateway that takes 100 calls a second, a second’s worth of them at once, and answers 429 to all others: ' +
    'to ours within 5 s by POST /api/orders, to the peers all at once in their queues, which spares them the taking. From the ' +
    'first order to the last payment in the gateway’s ledger; 429s by its log; and the most payments within any one second.',
  units: { drainSeconds: 's', refusedFirstSecond: '429s', refusedLater: '429s', busiestSecond: 'payments/s' },
  size: 5_000,
  quickSize: 500,
  rounds: 3,
  contestants: [
    { name: OURS, play: (round) => inShop(round, PACE) },
    { name: 'Orderline that is told no pace', play: (round) => inShop(round, {}) },
    peer(`${bullmq.name}, with its limiter`, bullmq, PACE),
    peer(tutorial.name, tutorial, {}),
  ],
  goals: [
    { figure: 'drainSeconds', ours: OURS, atLeast: 45, atMost: 55 },
    { figure: 'refusedLater', ours: OURS, atMost: 0 },
  ],
}

const ORDERS_PER_SECOND = 1_000

async function inShop({ folder, size }: Round, pace: Record<string, string>): Promise<Figures> {
  const { found: sinceMs, calls } = await withGateway(folder, GATEWAY_PER_SECOND, async (gateway) => {
    const shop = await startShop(folder, { ...gateway, ...pace })
    const load = await startProcess('load.js', {})
    try {
      const sinceMs = Date.now()
      const orders = { url: `${shop.url}/api/orders`, count: size, perSecond: ORDERS_PER_SECOND }
      await load.ask<LoadFigures>('openLoop', orders)
      await untilThere(booksIn(folder), PAID, size)
      return sinceMs
    } finally {
      await load.stop()
      await shop.stop()
    }
  })
  return callFigures(calls, sinceMs)
}

function peer(name: string, way: Way, pace: Record<string, string>): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    await stockShop(folder, size)
    const { found: sinceMs, calls } = await withGateway(folder, GATEWAY_PER_SECOND, async (gateway) => {
      const shop = await PipelineShop.open(way, folder, redisUrl, { ...gateway, ...pace })
      try {
        await way.fill(folder, redisUrl, size)
        const sinceMs = Date.now()
        await shop.drain(size)
        return sinceMs
      } finally {
        await shop.close()
      }
    })
    return callFigures(calls, sinceMs)
  }
  return { name, play }
}
