import { setTimeout as delay } from 'node:timers/promises'
import { availableKey } from '../../shared/keys.ts'
import type { Redis } from '../../shared/store/redis.ts'

const FRESH_MS = 500
const WAIT_MS = 150 // the shop window is worth showing without numbers

/** Units free to sell by sku; null while nobody can tell. */
export type Available = Record<string, number> | null

/** Reads what inventory says is free to sell, at most twice a second however many ask. Never rejects. */
export function createStockReader(redis: Redis, now: () => number = Date.now): () => Promise<Available> {
  let last = { at: 0, available: Promise.resolve<Available>(null) }
  return () => {
    if (now() - last.at >= FRESH_MS) last = { at: now(), available: readInTime(redis) }
    return last.available
  }
}

async function readInTime(redis: Redis): Promise<Available> {
  const labels = await Promise.race([
    redis.hgetall(availableKey()).catch(() => null),
    delay(WAIT_MS, null, { ref: false }),
  ])
  return labels && Object.fromEntries(Object.entries(labels).map(([sku, units]) => [sku, Number(units)]))
}
