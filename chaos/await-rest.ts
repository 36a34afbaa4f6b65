import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import { lanesOf, services } from '../shared/routes.ts'
import type { Redis } from './redis-door.ts'
import { type WorkLeft, workSeen } from './work-left.ts'

const LOOK_EVERY_MS = 250

export type Rest = { isAtRest: boolean; tookMs: number; left: WorkLeft & { queued: number } }

/** Waits until every order is final, every outbox and every list empty; gives up after `limitMs`. */
export async function awaitRest(dataDir: string, redis: Redis, limitMs: number, signal: AbortSignal): Promise<Rest> {
  const startMs = Date.now()
  for (;;) {
    const left = { ...workSeen(dataDir), queued: await queuedIn(redis) }
    const isAtRest = left.open === 0 && left.messages === 0 && left.queued === 0
    const tookMs = Date.now() - startMs
    if (isAtRest || tookMs > limitMs || signal.aborted) return { isAtRest, tookMs, left }
    await delay(LOOK_EVERY_MS)
  }
}

/** While Redis is not back, as if something were in it. */
async function queuedIn(redis: Redis): Promise<number> {
  const lengths = await Promise.all(
    services.flatMap(lanesOf).map((queue) => redis.llen(queueKey(queue)).catch(() => 1)),
  )
  return lengths.reduce((sum, length) => sum + length, 0)
}
