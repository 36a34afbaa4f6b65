import { setTimeout as delay } from 'node:timers/promises'
import type { Contest, Figures, Round } from './contest.ts'
import type { Load } from './load.ts'
import { startProcess } from './process.ts'
import { startShop } from './shop.ts'
import { cpuMsOf, descendantsOf, memoryMbOf } from './usage.ts'

const ORDERS = 200 // before it gets idle: a shop that has never worked is smaller than one that has
const CALM_MS = 45_000 // until V8 has given back what the orders took; its last collections come half a minute later

/** What the shop takes while nobody orders. */
export const idle: Contest = {
  name: 'idle',
  what:
    'npm start with nothing to do, after a few orders: CPU of all services together over half a minute, as a ' +
    'share of one core; memory (PSS) of all its processes, of the launcher, the simulators, Redis and npm, too.',
  units: { servicesCpu: '% of a core', allCpu: '% of a core', servicesMb: 'MB', allMb: 'MB', npmMb: 'MB' },
  size: 30, // seconds
  quickSize: 3,
  rounds: 3,
  contestants: [{ name: 'Orderline', play }],
  goals: [
    { figure: 'servicesCpu', ours: 'Orderline', atMost: 1 },
    { figure: 'allMb', ours: 'Orderline', atMost: 400 },
  ],
}

async function play({ folder, size }: Round): Promise<Figures> {
  const shop = await startShop(folder)
  try {
    await order(shop.url, ORDERS)
    await delay(CALM_MS)
    const processes = await descendantsOf(shop.pid)
    const services = processes.filter(({ command }) => command.includes('/services/')).map(({ pid }) => pid)
    const all = [shop.pid, ...processes.map(({ pid }) => pid)]
    const [servicesCpu, allCpu] = await cpuShares([services, all], size)
    const [servicesMb, allMb, npmMb] = [services, all, [shop.pid]].map(memoryMbOf)
    return known({ servicesCpu, allCpu, servicesMb, allMb, npmMb })
  } finally {
    await shop.stop()
  }
}

async function order(url: string, count: number): Promise<void> {
  const load = await startProcess('load.js', {})
  const orders: Load = { url: `${url}/api/orders`, count, connections: 4 }
  await load.ask('closedLoop', orders).finally(() => load.stop())
}

/** For each group of processes, the share of a core in percent that it takes during so many seconds. */
async function cpuShares(groups: number[][], seconds: number): Promise<(number | undefined)[]> {
  const sinceMs = performance.now()
  const before = groups.map(cpuMsOf)
  await delay(seconds * 1_000)
  const tookMs = performance.now() - sinceMs
  return groups.map((group, i) => {
    const [from, to] = [before[i], cpuMsOf(group)]
    return from === undefined || to === undefined ? undefined : (100 * (to - from)) / tookMs
  })
}

/** Without what this system does not tell. */
function known(figures: Record<string, number | undefined>): Figures {
  return Object.fromEntries(
    Object.entries(figures).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
