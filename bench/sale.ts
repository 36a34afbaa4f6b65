import { randomBytes } from 'node:crypto'
import type { Contest, Figures, Round } from './contest.ts'
import { adminAt } from './desk.ts'
import type { Load, LoadFigures } from './load.ts'
import { type Process, startProcess } from './process.ts'
import { announceSale } from './sale/announce.ts'

const DURABLE = 'Orderline: tickets on disk'
const CEILING = 'Express that only parses and replies'

/** How fast a crowd gets its tickets. */
export const sale: Contest = {
  name: 'sale',
  what:
    'POST /api/sales/:id/entries at the door of sale, over 64 keep-alive connections, each sending the next one when it ' +
    'has its answer. A ticket is in SQLite with fsync before it is given; who has one is read from sale’s own list and ' +
    'put in line meanwhile. A hundred units, of which inventory knows.',
  units: { ticketsPerSecond: 'tickets/s', p50Ms: 'ms', p99Ms: 'ms' },
  size: 40_000,
  quickSize: 4_000,
  rounds: 7,
  contestants: [
    { name: DURABLE, play: ours },
    { name: CEILING, play: empty },
  ],
  goals: [
    { figure: 'ticketsPerSecond', ours: DURABLE, atLeast: 5_000 },
    { figure: 'p99Ms', ours: DURABLE, atMost: 50 },
  ],
}

const UNITS = 100
const WARM_UP_SHARE = 0.25

async function ours({ folder, redisUrl, size, say }: Round): Promise<Figures> {
  const adminToken = randomBytes(16).toString('hex')
  const env = { DATA_DIR: folder, REDIS_URL: redisUrl, ADMIN_TOKEN: adminToken, OPS_PORT: '0', LOG_LEVEL: 'info' }
  const sale = await startProcess('sale/sale.js', env)
  const inventory = await startProcess('ours/inventory.js', env)
  try {
    await inventory.ask('work')
    const door = await sale.ask<string>('url')
    const id = await announceSale(door, adminAt(door, adminToken), { units: UNITS })
    return await join(`${door}/api/sales/${id}/entries`, size, say)
  } finally {
    await Promise.all([sale.stop(), inventory.stop()])
  }
}

async function empty({ size, say }: Round): Promise<Figures> {
  const server = await startProcess('peers/empty-express.js', {})
  try {
    return await join(await server.ask<string>('entriesUrl'), size, say)
  } finally {
    await server.stop()
  }
}

async function join(url: string, size: number, say: Round['say']): Promise<Figures> {
  const load = await startProcess('load.js', {})
  try {
    const warmUp = Math.ceil(size * WARM_UP_SHARE)
    await post(load, { url, of: 'entries', count: warmUp })
    const { perSecond, p50Ms, p99Ms, ownCpu } = await post(load, { url, of: 'entries', count: size, from: warmUp })
    say(`making the load took ${Math.round(ownCpu * 100)} % of a core`)
    return { ticketsPerSecond: perSecond, p50Ms, p99Ms }
  } finally {
    await load.stop()
  }
}

const post = (load: Process, entries: Load) => load.ask<LoadFigures>('closedLoop', entries)
