import { setTimeout as delay } from 'node:timers/promises'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { connectCommands, type Redis, whenReady } from '../../shared/store/redis.ts'

/** The corner of Redis that our own contestants are told to use. */
export const PREFIX = 'bench'

const LIMIT_MS = 60_000
const LOOK_EVERY_MS = 20

/** Lends a connection to `work`. */
export async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = connectCommands({ url, prefix: `${PREFIX}:` }, createHealth(createLogger('bench', 'silent')))
  try {
    await whenReady(redis)
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

/** Commands that Redis has run since it was started, those inside of scripts too. */
export const commandsRun = (url: string) => withRedis(url, (redis) => info(redis, 'stats', 'total_commands_processed'))

/** Bytes that Redis has in use. */
export const bytesUsed = (url: string) => withRedis(url, (redis) => info(redis, 'memory', 'used_memory'))

/** The most bytes that Redis had in use, and the most elements that any of these lists had, while `work` was done. */
export async function mostDuring(url: string, keys: string[], work: () => Promise<void>) {
  const most = { bytes: 0, elements: 0 }
  let isOver = false
  const watching = withRedis(url, async (redis) => {
    while (!isOver) {
      const lengths = await Promise.all(keys.map((key) => redis.llen(key)))
      most.elements = Math.max(most.elements, ...lengths)
      most.bytes = Math.max(most.bytes, await info(redis, 'memory', 'used_memory'))
      await delay(LOOK_EVERY_MS)
    }
  })
  await work().finally(() => {
    isOver = true
  })
  await watching
  return most
}

/** Resolves when each of these lists is `length` long. */
export async function whenListsHold(redis: Redis, keys: string[], length: number): Promise<void> {
  const untilMs = performance.now() + LIMIT_MS
  for (const key of keys)
    while ((await redis.llen(key)) !== length) {
      if (performance.now() > untilMs) throw new Error(`${key} does not get ${length} long`)
      await delay(LOOK_EVERY_MS)
    }
}

async function info(redis: Redis, section: string, field: string): Promise<number> {
  const text = await redis.info(section)
  return Number(new RegExp(`^${field}:(\\d+)`, 'm').exec(text)?.[1])
}
