import type { Contest, Figures, Round } from './contest.ts'
import type { Crowd, Waits } from './customers.ts'
import { fullLoad } from './full-load.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'

/** How long a customer waits in a busy shop. */
export const latencyAtLoad: Contest = {
  name: 'latency-at-load',
  what:
    'The whole shop of npm start, its gateway and mailbox on the same machine. Full load is what it brings from POST ' +
    'to paid per second when all orders come at once; then as many again come at half that rate, and some fifty of ' +
    'them a second follow their events until paid.',
  units: { fullPerSecond: 'orders/s', p50Ms: 'ms', p99Ms: 'ms' },
  size: 6_000,
  quickSize: 500,
  rounds: 5,
  contestants: [{ name: 'Orderline', play }],
  goals: [{ figure: 'p99Ms', ours: 'Orderline', atMost: 250 }],
}

const WARM_UP_SHARE = 0.25
const FOLLOWED_PER_SECOND = 50 // more streams would be a load of their own

async function play({ folder, size }: Round): Promise<Figures> {
  const shop = await startShop(folder)
  try {
    const url = `${shop.url}/api/orders`
    const burst = (count: number, before: number) => fullLoad({ url, folder, count, before })
    const warmUp = Math.ceil(size * WARM_UP_SHARE)
    await burst(warmUp, 0)
    const fullPerSecond = await burst(size, warmUp)
    return { fullPerSecond, ...(await halfLoad(url, size, fullPerSecond / 2)) }
  } finally {
    await shop.stop()
  }
}

async function halfLoad(url: string, count: number, perSecond: number): Promise<Waits> {
  const customers = await startProcess('customers.js', {})
  const followOneIn = Math.max(1, Math.round(perSecond / FOLLOWED_PER_SECOND))
  const crowd: Crowd = { url, count, perSecond, followOneIn }
  return customers.ask<Waits>('crowd', crowd).finally(() => customers.stop())
}
