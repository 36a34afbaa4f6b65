import { availableKey } from '../../shared/keys.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Client } from './db.ts'

/** Shows what is free to sell to whoever renders the shop. Expendable: written anew at every run. */
export async function writeShelfLabels(db: Database<Client>, redis: Redis): Promise<void> {
  const rows = await db.read.$queryRaw<{ sku: string; available: number }[]>`SELECT sku, available FROM "Stock"`
  if (rows.length > 0) await redis.hset(availableKey(), ...rows.flatMap(({ sku, available }) => [sku, available]))
}
