import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import type { Customers, Waits } from './customers.ts'
import { stockShop } from './pipeline/orders.ts'
import { bullmq, ours, type Way } from './pipeline/ways.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'
import { stations } from './stations.ts'

const WHOLE = 'Orderline, the whole shop of npm start'
const ALONE = 'Orderline, its services alone'
const PEER = `${bullmq.name}, its services alone`

/** How long a customer waits when nobody else is there. */
export const latency: Contest = {
  name: 'latency',
  what:
    'From POST /api/orders to the server-sent event that says paid, one order at a time, with a pause of 20 to 70 ms ' +
    'between them. In the whole shop a card is charged over HTTP and mails go out over SMTP; for services alone, ours ' +
    'and the peer’s, gateway and mail server answer at once.',
  units: { p50Ms: 'ms', p99Ms: 'ms' },
  size: 200,
  quickSize: 20,
  rounds: 5,
  contestants: [{ name: WHOLE, play: inWholeShop }, inServices(ALONE, ours), inServices(PEER, bullmq)],
  goals: [
    { figure: 'p50Ms', ours: WHOLE, atMost: 15 },
    { figure: 'p99Ms', ours: WHOLE, atMost: 40 },
    { figure: 'p50Ms', ours: ALONE, than: PEER, atMost: 1 },
    { figure: 'p99Ms', ours: ALONE, than: PEER, atMost: 1 },
  ],
}

const WARM_UP_SHARE = 0.25
const CALM_MS = 1_000 // after the start, until every service has done its first rounds

async function inWholeShop({ folder, size }: Round): Promise<Figures> {
  const shop = await startShop(folder)
  return serveCustomers(shop.url, size).finally(shop.stop)
}

function inServices(name: string, way: Way): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    await stockShop(folder, size)
    const env = { DATA_DIR: folder, REDIS_URL: redisUrl, PORT: '0', OPS_PORT: '0', LOG_LEVEL: 'info' }
    const start = (service: (typeof stations)[number]) =>
      startProcess(way.script(service), { ...env, SERVICE: service })
    const [order, ...others] = await Promise.all(stations.map(start))
    try {
      await Promise.all(others.map((process) => process.ask('work')))
      return await serveCustomers((await order?.ask<string>('work')) ?? '', size)
    } finally {
      await Promise.all([order, ...others].map((process) => process?.stop()))
    }
  }
  return { name, play }
}

async function serveCustomers(shopUrl: string, count: number): Promise<Waits> {
  const customers = await startProcess('customers.js', {})
  const come = (count: number) =>
    customers.ask<Waits>('oneByOne', { url: `${shopUrl}/api/orders`, count } satisfies Customers)
  try {
    await delay(CALM_MS)
    await come(Math.ceil(count * WARM_UP_SHARE))
    return await come(count)
  } finally {
    await customers.stop()
  }
}
