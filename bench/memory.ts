import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { stockShop } from './pipeline/orders.ts'
import { bytesUsed } from './pipeline/redis.ts'
import { bee, bullmq, ours, type Way } from './pipeline/ways.ts'

/** What Redis needs to keep the orders that wait while nobody works. */
export const memory: Contest = {
  name: 'memory',
  what: 'Redis memory per order that waits, with the same payload, for its two receivers: inventory and notification.',
  units: { bytesPerOrder: 'bytes/order' },
  size: 20_000,
  quickSize: 5_000,
  rounds: 1, // it does not depend on what else the machine does
  contestants: [ours, bullmq, bee].map(contestant),
  goals: [
    { figure: 'bytesPerOrder', ours: ours.name, atMost: 400 },
    { figure: 'bytesPerOrder', ours: ours.name, than: bullmq.name, atMost: 0.5 },
  ],
}

function contestant(way: Way): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    await stockShop(folder, size)
    const before = await bytesUsed(redisUrl)
    await way.fill(folder, redisUrl, size)
    return { bytesPerOrder: ((await bytesUsed(redisUrl)) - before) / size }
  }
  return { name: way.name, play }
}
