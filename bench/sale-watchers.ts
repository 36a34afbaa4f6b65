import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Contest, Figures, Round } from './contest.ts'
import { startProcess } from './process.ts'
import { announceSale } from './sale/announce.ts'
import { join, pay, standingOf } from './sale/buy.ts'
import { startSaleShop } from './sale/shop-with-sales.ts'
import type { Watch } from './sale/watchers.ts'
import type { Shop } from './shop.ts'
import { percentile } from './stats.ts'

const OURS = 'Orderline'

/** How soon a crowd knows that all is sold. */
export const saleWatchers: Contest = {
  name: 'sale-watchers',
  what:
    'The whole shop of npm start, a sale of one unit, and 10,000 streams of server-sent events open at the door of live, or as many as ' +
    'a process may have files open: from the moment at which its only buyer has paid, by the sale’s own word, until each of ' +
    'them has been told.',
  units: { p50Ms: 'ms', p99Ms: 'ms', maxMs: 'ms', watchers: '', untold: '' },
  size: 10_000,
  quickSize: 500,
  rounds: 3,
  contestants: [{ name: OURS, play }],
  goals: [
    { figure: 'maxMs', ours: OURS, atMost: 1_000 },
    { figure: 'untold', ours: OURS, atMost: 0 },
    { figure: 'watchers', ours: OURS, atLeast: 10_000 },
  ],
}

const LIMIT_MS = 30_000
const LOOK_EVERY_MS = 100
const CALM_MS = 2_000 // all have got their first event

async function play({ folder, size }: Round): Promise<Figures> {
  const { shop, admin, door } = await startSaleShop(folder)
  const crowd = await startProcess('sale/watchers.js', {})
  try {
    const id = await announceSale(door, admin, { units: 1 })
    const saleUrl = `${door}/api/sales/${id}`
    const url = `${doorOf(shop, 'live')}/api/live?topic=sale:${id}`
    const watchers = await crowd.ask<number>('open', { url, count: size } satisfies Watch)
    await delay(CALM_MS)
    await buy(saleUrl, shop.url)
    const heardAt = await crowd.ask<number[]>('heard')
    const endedAt = await endOf(saleUrl)
    return { ...spread(heardAt.map((at) => at - endedAt)), watchers, untold: watchers - heardAt.length }
  } finally {
    await crowd.stop()
    await shop.stop()
  }
}

function doorOf({ doors }: Shop, service: string): string {
  const door = doors.get(service)
  if (door === undefined) throw new Error(`the shop does not say where ${service} is`)
  return door
}

function spread(waitsMs: number[]): Figures {
  return { p50Ms: percentile(waitsMs, 0.5), p99Ms: percentile(waitsMs, 0.99), maxMs: percentile(waitsMs, 1) }
}

/** The one customer there is. */
async function buy(saleUrl: string, shopUrl: string): Promise<void> {
  const ticket = await join(saleUrl, 0)
  if (ticket === null) throw new Error('the sale is over before it has begun')
  await until(async () => (await standingOf(saleUrl, ticket)) === 'admitted')
  await until(() => pay(shopUrl, ticket))
  await until(async () => (await standingOf(saleUrl, ticket)) === 'bought')
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const untilMs = performance.now() + LIMIT_MS; !(await isSo()); await delay(LOOK_EVERY_MS))
    if (performance.now() > untilMs) throw new Error('the sale does not go on')
}

const ended = z.object({ endedAt: z.coerce.date() })

async function endOf(saleUrl: string): Promise<number> {
  return ended.parse(await (await fetch(saleUrl)).json()).endedAt.getTime()
}
