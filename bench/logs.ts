import { join } from 'node:path'
import type { Contest, Figures, Round } from './contest.ts'
import { fullLoad } from './full-load.ts'
import { KeptLines } from './logs/kept.ts'
import { putAway } from './logs/put-away.ts'
import type { Lines } from './logs/writer.ts'
import { type Process, startProcess } from './process.ts'
import { startShop } from './shop.ts'
import { percentile } from './stats.ts'
import { steadyLoad } from './steady-load.ts'

const OURS = 'Orderline'

/** How fast lines are collected beside a shop at work. */
export const logs: Contest = {
  name: 'logs',
  what:
    'The whole shop of npm start takes orders at half of what it brings to paid per second. A program beside it writes 1,000 lines a ' +
    'second for ten seconds: how old the newest kept one is, looked at every 50 ms. Then as many as are played at once, of ' +
    '290 bytes: lines a second that are kept, each with its rollups and indexes, those of the shop itself included, until the ' +
    'last one is. At last all of them are put into the archive: what share of their bytes it takes.',
  units: {
    linesPerSecond: 'lines/s',
    behindP50Ms: 'ms',
    behindP99Ms: 'ms',
    ordersPerSecond: 'orders/s',
    archiveShare: '',
  },
  size: 400_000,
  quickSize: 40_000,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [
    { figure: 'linesPerSecond', ours: OURS, atLeast: 20_000 },
    { figure: 'behindP99Ms', ours: OURS, atMost: 2_000 },
    { figure: 'archiveShare', ours: OURS, atMost: 0.18 },
  ],
}

const BURST_ORDERS = 2_000
const STEADY_PER_SECOND = 1_000
const STEADY_S = 10
const LINES_PER_SECOND = 15_000 // so slow it may be, and orders still come until the last line is kept
const RUN = 'bench-steady'
const FLOOD = 'bench-flood'

async function play(round: Round): Promise<Figures> {
  const figures = await inShop(round)
  return { ...figures, archiveShare: await putAway(round.folder) }
}

async function inShop({ folder, size, say }: Round): Promise<Figures> {
  const shop = await startShop(folder)
  const writer = await startProcess('logs/writer.js', {})
  const kept = new KeptLines(folder)
  try {
    const url = `${shop.url}/api/orders`
    const full = await fullLoad({ url, folder, count: BURST_ORDERS, before: 0 })
    const perSecond = full / 2
    const seconds = STEADY_S + size / LINES_PER_SECOND
    const orders = steadyLoad({ url, count: Math.ceil(perSecond * seconds), from: BURST_ORDERS }, perSecond)
    const found = await Promise.all([orders, collect({ writer, kept, folder, size })])
    const [{ perSecond: ordersPerSecond, p99Ms }, figures] = found
    say(`orders meanwhile: p99 ${p99Ms.toFixed(1)} ms`)
    return { ...figures, ordersPerSecond }
  } finally {
    kept.close()
    await writer.stop()
    await shop.stop()
  }
}

type Place = { writer: Process; kept: KeptLines; folder: string; size: number }

async function collect({ writer, kept, folder, size }: Place): Promise<Figures> {
  const linesOf = (run: string, count: number): Lines => ({
    file: join(folder, 'logs', `${run}.log`),
    run,
    from: 1,
    count,
  })
  const steady = { ...linesOf(RUN, STEADY_PER_SECOND * STEADY_S), perSecond: STEADY_PER_SECOND }
  const ages = await kept.agesDuring(RUN, writer.ask('steadily', steady))
  await kept.until(RUN, steady.count)
  const [sinceMs, before] = [performance.now(), kept.total()]
  await writer.ask('burst', linesOf(FLOOD, size))
  await kept.until(FLOOD, size)
  const linesPerSecond = ((kept.total() - before) / (performance.now() - sinceMs)) * 1_000
  return { linesPerSecond, behindP50Ms: percentile(ages, 0.5), behindP99Ms: percentile(ages, 0.99) }
}
