import { availableKey } from '../../shared/keys.ts'
import type { Database } from '../../shared/store/database.ts'
import { setFields } from '../../shared/store/in-chunks.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Client } from './db.ts'

const REWRITE_MS = 60_000 // whatever else may have become of them in Redis

type Label = { sku: string; available: number }

/**
 * Shows what is free to sell to whoever renders the shop: each run writes the labels that have changed. All of them when
 * some are gone from Redis, after a reconnect, and once a minute, for they are expendable.
 */
export function createShelfLabels(db: Database<Client>, redis: Redis, now = Date.now): () => Promise<void> {
  let written = new Map<string, number>()
  let allSince = now()
  const forget = () => {
    written = new Map()
    allSince = now()
  }
  redis.on('ready', forget) // it may have come back with older ones
  return async () => {
    const isLate = now() - allSince >= REWRITE_MS
    if (isLate || (await redis.hlen(availableKey())) < written.size) forget()
    const mine = written
    const labels = await db.read.$queryRaw<Label[]>`SELECT sku, available FROM "Stock"`
    const changed = labels.filter(({ sku, available }) => mine.get(sku) !== available)
    const pairs = changed.map(({ sku, available }): [string, number] => [sku, available])
    await setFields(redis, availableKey(), pairs)
    for (const [sku, available] of pairs) mine.set(sku, available)
  }
}
