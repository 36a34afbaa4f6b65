import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import type { Redis } from '../shared/store/redis.ts'
import type { Contest, Contestant, Figures, Round } from './contest.ts'
import type { Lines } from './logs/writer.ts'
import { PREFIX, withRedis } from './pipeline/redis.ts'
import { startProcess } from './process.ts'
import { type Shop, startShop } from './shop.ts'
import { steadyLoad } from './steady-load.ts'
import { serviceOf } from './usage.ts'

const AT_WORK = 'logs at work'
const FROZEN = 'logs frozen'
const FULL = 'logs frozen, its list full'
const NONE = 'no logs at all'

/** Whether those who write lines feel what becomes of them. */
export const logsBeside: Contest = {
  name: 'logs-beside',
  what:
    'POST /api/orders in the whole shop of npm start, 100 a second; a wait begins when it was the order’s turn. Logs collects ' +
    'all lines, or is stopped by SIGSTOP before, or when its list has all 64 elements that it may have, or is not there.',
  units: { p50Ms: 'ms', p99Ms: 'ms' },
  size: 3_000,
  quickSize: 300,
  rounds: 5,
  contestants: [
    contestant(AT_WORK, async () => {}),
    contestant(FROZEN, async ({ shop }) => freeze(shop)),
    contestant(FULL, fill),
    contestant(NONE, async () => {}, { WITHOUT: 'logs' }),
  ],
  goals: [AT_WORK, FROZEN, FULL].map((ours) => ({ figure: 'p99Ms', ours, than: NONE, atMost: 1.05 })),
}

const PER_SECOND = 100
const WARM_UP_SHARE = 0.25
const WINDOW = 64 // elements
const FLOOD: Omit<Lines, 'file'> = { run: 'bench-flood', from: 1, count: 400_000 }
const CALM_MS = 1_000
const LIMIT_MS = 10_000
const LOOK_EVERY_MS = 1 // an element is in the list for moments only

type Place = { shop: Shop; folder: string; redisUrl: string }

function contestant(
  name: string,
  hurt: (place: Place) => Promise<void>,
  more: Record<string, string> = {},
): Contestant {
  const play = async ({ folder, redisUrl, size }: Round): Promise<Figures> => {
    const shop = await startShop(folder, { REDIS_URL: redisUrl, REDIS_PREFIX: PREFIX, ...more })
    const url = `${shop.url}/api/orders`
    try {
      const warmUp = Math.ceil(size * WARM_UP_SHARE)
      await steadyLoad({ url, count: warmUp }, PER_SECOND)
      await hurt({ shop, folder, redisUrl })
      await delay(CALM_MS)
      const { p50Ms, p99Ms } = await steadyLoad({ url, count: size, from: warmUp }, PER_SECOND)
      return { p50Ms, p99Ms }
    } finally {
      if (more.WITHOUT === undefined) await thaw(shop)
      await shop.stop()
    }
  }
  return { name, play }
}

async function freeze(shop: Shop): Promise<void> {
  process.kill(await serviceOf(shop.pid, 'logs'), 'SIGSTOP')
}

async function thaw(shop: Shop): Promise<void> {
  process.kill(await serviceOf(shop.pid, 'logs'), 'SIGCONT') // or it could not be stopped in order
}

/** More lines than are kept at once, then nobody who takes them from the list, and copies in it until it is full. */
async function fill({ shop, folder, redisUrl }: Place): Promise<void> {
  const writer = await startProcess('logs/writer.js', {})
  try {
    await writer.ask('burst', { ...FLOOD, file: join(folder, 'logs', `${FLOOD.run}.log`) })
    await withRedis(redisUrl, async (redis) => {
      const list = queueKey('logs')
      const element = await firstIn(redis, list)
      await freeze(shop)
      while ((await redis.llen(list)) < WINDOW) await redis.lpush(list, element)
    })
  } finally {
    await writer.stop()
  }
}

async function firstIn(redis: Redis, list: string): Promise<string> {
  for (const untilMs = Date.now() + LIMIT_MS; Date.now() < untilMs; await delay(LOOK_EVERY_MS)) {
    const element = await redis.lindex(list, -1)
    if (element !== null) return element
  }
  throw new Error(`${list} stays empty`)
}
