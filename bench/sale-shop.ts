import type { Contest, Figures, Round } from './contest.ts'
import type { Load, LoadFigures } from './load.ts'
import { announceSale } from './sale/announce.ts'
import { startSaleShop } from './sale/shop-with-sales.ts'
import { steadyLoad } from './steady-load.ts'

const OURS = 'Orderline'

/** Whether a crowd at the sale's door is felt at the shop's. */
export const saleShop: Contest = {
  name: 'sale-shop',
  what:
    'The whole shop of npm start takes 40 orders a second by POST /api/orders, at first alone, then as many again while 50 ' +
    'times as many come for tickets at the door of sale, or as many as the machine makes and takes. The crowd has machines of ' +
    'its own in the world: what makes it here leaves the processors to the shop first. An order’s wait begins when it was its turn.',
  units: {
    aloneP99Ms: 'ms',
    besideP99Ms: 'ms',
    besideToAlone: '',
    loadTimes: 'x the orders',
    ticketsPerSecond: 'tickets/s',
    refused: 'tickets',
  },
  size: 1_200,
  quickSize: 200,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [
    { figure: 'besideToAlone', ours: OURS, atMost: 1.2 },
    { figure: 'loadTimes', ours: OURS, atLeast: 49 },
  ],
}

const PER_SECOND = 40
const TIMES = 50
const UNITS = 100
const WARM_UP_SHARE = 0.25
const NICENESS = 15 // of what would be elsewhere

async function play({ folder, size }: Round): Promise<Figures> {
  const { shop, admin, door } = await startSaleShop(folder)
  const url = `${shop.url}/api/orders`
  try {
    const warmUp = Math.ceil(size * WARM_UP_SHARE)
    await steadyLoad({ url, count: warmUp }, PER_SECOND)
    const alone = await steadyLoad({ url, count: size, from: warmUp }, PER_SECOND)
    const id = await announceSale(door, admin, { units: UNITS })
    const entries: Load = {
      url: `${door}/api/sales/${id}/entries`,
      of: 'entries',
      count: size * TIMES,
      mayRefuse: true,
    }
    const [crowd, beside] = await Promise.all([
      steadyLoad(entries, PER_SECOND * TIMES, NICENESS),
      steadyLoad({ url, count: size, from: warmUp + size }, PER_SECOND),
    ])
    return figures(alone, beside, crowd)
  } finally {
    await shop.stop()
  }
}

function figures(alone: LoadFigures, beside: LoadFigures, crowd: LoadFigures): Figures {
  return {
    aloneP99Ms: alone.p99Ms,
    besideP99Ms: beside.p99Ms,
    besideToAlone: beside.p99Ms / alone.p99Ms,
    loadTimes: crowd.perSecond / beside.perSecond,
    ticketsPerSecond: crowd.perSecond,
    refused: crowd.refused,
  }
}
