import type { Contest, Contestant, Figures, Round } from './contest.ts'
import type { Load, LoadFigures } from './load.ts'
import { type Process, startProcess } from './process.ts'

const WARM_UP_SHARE = 0.25

const units = { ordersPerSecond: 'orders/s', p99Ms: 'ms' }
const DURABLE = 'Orderline'
const CEILING = 'Express that only parses and replies'
const DOWN = 'Orderline, Redis killed'
const FROZEN = 'Orderline, Redis frozen'

/** How fast orders are taken in, beside those that do less and those that do it one by one. */
export const intake: Contest = {
  name: 'intake',
  what:
    'POST /api/orders over 64 keep-alive connections, each sending its next order when it has its answer. ' +
    'One server process; Orderline and the naive API keep the order in SQLite with fsync before they answer.',
  units,
  size: 40_000,
  quickSize: 4_000,
  rounds: 7,
  contestants: [
    ours(DURABLE),
    peer(CEILING, 'peers/empty-express.js', 1),
    peer('Express with one Prisma create and one LPUSH per order', 'peers/naive-api.js', 0.1),
  ],
  goals: [{ figure: 'ordersPerSecond', ours: DURABLE, than: CEILING, atLeast: 0.8 }],
}

/** How fast orders are taken in while Redis is away. */
export const outage: Contest = {
  ...intake,
  name: 'outage',
  what:
    'The same intake, by Orderline alone: with Redis up; with Redis killed before the first order; and with a ' +
    'Redis that takes connections and never answers.',
  contestants: [
    ours(DURABLE),
    ours(DOWN, ({ redisPid }) => void process.kill(redisPid, 'SIGKILL')),
    ours(FROZEN, ({ redisPid }) => void process.kill(redisPid, 'SIGSTOP')),
  ],
  goals: [
    { figure: 'ordersPerSecond', ours: DOWN, than: DURABLE, atLeast: 0.95 },
    { figure: 'ordersPerSecond', ours: FROZEN, than: DURABLE, atLeast: 0.95 },
  ],
}

function ours(name: string, hurt: (round: Round) => void = () => {}): Contestant {
  return { name, play: (round) => play(round, 'order-service.js', round.size, hurt) }
}

/** `share` of the orders is enough for one who takes so much longer for each; a rate is what counts. */
function peer(name: string, file: string, share: number): Contestant {
  return { name, play: (round) => play(round, file, Math.ceil(round.size * share), () => {}) }
}

async function play(round: Round, file: string, count: number, hurt: (round: Round) => void): Promise<Figures> {
  const server = await startProcess(file, { DATA_DIR: round.folder, REDIS_URL: round.redisUrl, LOG_LEVEL: 'info' })
  const load = await startProcess('load.js', {})
  try {
    const url = await server.ask<string>('url')
    const warmUp = Math.ceil(count * WARM_UP_SHARE)
    await post(load, { url, count: warmUp })
    hurt(round)
    const { perSecond, p99Ms, ownCpu } = await post(load, { url, count, from: warmUp })
    round.say(`making the load took ${Math.round(ownCpu * 100)} % of a core`)
    return { ordersPerSecond: perSecond, p99Ms }
  } finally {
    await Promise.all([load.stop(), server.stop()])
  }
}

function post(load: Process, orders: Load): Promise<LoadFigures> {
  return load.ask('closedLoop', orders)
}
