import { setTimeout as delay } from 'node:timers/promises'
import { availableKey } from '../../shared/keys.ts'
import { readFields } from '../../shared/store/in-chunks.ts'
import type { Redis } from '../../shared/store/redis.ts'

const FRESH_MS = 500
const WAIT_MS = 150 // the shop window is worth showing without numbers
const REMEMBERED_MAX = 500 // pages and carts; some of them are looked at by many

/** Units free to sell by sku; null while nobody can tell. */
export type Available = Record<string, number> | null

/** Units free to sell of these products, as inventory says. Never rejects. */
export type ReadAvailable = (skus: string[]) => Promise<Available>

/** Asks Redis at most twice a second for the same products, however many look at them; sooner if it answered that it knows nothing. */
export function createStockReader(redis: Redis, now: () => number = Date.now): ReadAvailable {
  const looks = new Map<string, { at: number; available: Promise<Available> }>()
  return (skus) => {
    const key = skus.join()
    const last = looks.get(key)
    if (last !== undefined && now() - last.at < FRESH_MS) return last.available
    if (looks.size >= REMEMBERED_MAX) looks.clear()
    const available = readInTime(redis, skus)
    looks.set(key, { at: now(), available })
    void available.then((found) => isUnknown(found) && looks.get(key)?.available === available && looks.delete(key))
    return available
  }
}

const isUnknown = (available: Available) => available !== null && Object.keys(available).length === 0

async function readInTime(redis: Redis, skus: string[]): Promise<Available> {
  const labels = await Promise.race([
    readFields(redis, availableKey(), skus).catch(() => null),
    delay(WAIT_MS, null, { ref: false }),
  ])
  if (labels === null) return null
  const known = skus.flatMap((sku, i) => (typeof labels[i] === 'string' ? [[sku, Number(labels[i])] as const] : []))
  return Object.fromEntries(known)
}
