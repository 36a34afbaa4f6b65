import type { Contest, Figures, Round } from './contest.ts'
import { stockShop } from './pipeline/orders.ts'
import { PipelineShop } from './pipeline/shop.ts'
import { ours } from './pipeline/ways.ts'
import { percentile } from './stats.ts'

/** Whether the shop slows down when very much waits, or very much is in its books. */
export const backlog: Contest = {
  name: 'backlog',
  what:
    'The pipeline with a million orders waiting, until all are done, against ten thousand waiting in a new shop; then ' +
    'again with ten thousand waiting, in the shop that has done the million.',
  units: {
    fewPerSecond: 'orders/s',
    manyPerSecond: 'orders/s',
    laterPerSecond: 'orders/s',
    manyToFew: '',
    laterToFew: '',
  },
  size: 1_000_000,
  quickSize: 50_000,
  rounds: 1,
  contestants: [{ name: ours.name, play }],
  goals: [
    { figure: 'manyToFew', ours: ours.name, atLeast: 0.9 },
    { figure: 'laterToFew', ours: ours.name, atLeast: 0.9 },
  ],
}

const FEW = 10_000
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
    const manyPerSecond = await perSecond(size)
    const laterPerSecond = await ofFew()
    const ratios = { manyToFew: manyPerSecond / fewPerSecond, laterToFew: laterPerSecond / fewPerSecond }
    return { fewPerSecond, manyPerSecond, laterPerSecond, ...ratios }
  } finally {
    await shop.close()
  }
}
