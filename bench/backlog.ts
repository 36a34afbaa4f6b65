import { queueKey } from '../shared/keys.ts'
import { WINDOW } from '../shared/protocol/window-size.ts'
import { listsOf, services } from '../shared/routes.ts'
import type { Contest, Figures, Round } from './contest.ts'
import { stockShop } from './pipeline/orders.ts'
import { mostDuring } from './pipeline/redis.ts'
import { PipelineShop } from './pipeline/shop.ts'
import { ours } from './pipeline/ways.ts'
import { percentile } from './stats.ts'

const BATCH = 1_000 // that a second sender may put into a list that the first has just filled

/** Whether the shop slows down when very much waits, or very much is in its books. */
export const backlog: Contest = {
  name: 'backlog',
  what:
    'The pipeline with a million orders waiting, until all are done, against ten thousand waiting in a new shop; then ' +
    'again with ten thousand waiting, in the shop that has done the million. The most that Redis had in memory, and in any ' +
    'list, while the million waited and was done.',
  units: {
    fewPerSecond: 'orders/s',
    manyPerSecond: 'orders/s',
    laterPerSecond: 'orders/s',
    manyToFew: '',
    laterToFew: '',
    redisMb: 'MB',
    longestList: 'messages',
  },
  size: 1_000_000,
  quickSize: 50_000,
  rounds: 1,
  contestants: [{ name: ours.name, play }],
  goals: [
    { figure: 'manyToFew', ours: ours.name, atLeast: 0.9 },
    { figure: 'laterToFew', ours: ours.name, atLeast: 0.9 },
    { figure: 'redisMb', ours: ours.name, atMost: 64 },
    { figure: 'longestList', ours: ours.name, atMost: WINDOW + BATCH },
  ],
}

const FEW = 10_000
const LISTS = services.flatMap(listsOf).map(queueKey)
const REPEATS = 3 // a few are done within seconds, in which other things happen on a machine, too

async function play({ folder, redisUrl, size, say }: Round): Promise<Figures> {
  await stockShop(folder, size + (2 * REPEATS + 1) * FEW)
  const shop = await PipelineShop.open(ours, folder, redisUrl)
  const perSecond = async (orders: number): Promise<number> => {
    await ours.fill(folder, redisUrl, orders)
    const tookMs = await shop.drain(orders)
    await shop.rest()
    const rate = (orders / tookMs) * 1_000
    say(`${orders} orders waiting: ${Math.round(rate)} orders/s`)
    return rate
  }
  const ofFew = async () => percentile([await perSecond(FEW), await perSecond(FEW), await perSecond(FEW)], 0.5)
  try {
    await perSecond(FEW) // to warm up
    const fewPerSecond = await ofFew()
    let manyPerSecond = 0
    const most = await mostDuring(redisUrl, LISTS, async () => {
      manyPerSecond = await perSecond(size)
    })
    const laterPerSecond = await ofFew()
    const ratios = { manyToFew: manyPerSecond / fewPerSecond, laterToFew: laterPerSecond / fewPerSecond }
    const held = { redisMb: most.bytes / 2 ** 20, longestList: most.elements }
    return { fewPerSecond, manyPerSecond, laterPerSecond, ...ratios, ...held }
  } finally {
    await shop.close()
  }
}
