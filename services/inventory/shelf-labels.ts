import { availableKey } from '../../shared/keys.ts'
import type { Database } from '../../shared/store/database.ts'
import { jsonRows } from '../../shared/store/database.ts'
import type { Redis } from '../../shared/store/redis.ts'
import type { Client } from './db.ts'

/** Shows what is free to sell to whoever renders the shop. Expendable: written anew at every run. */
export async function writeShelfLabels(db: Database<Client>, redis: Redis): Promise<void> {
  const rows = await jsonRows<[string, number]>(db.read.$queryRaw`
    SELECT json_group_array(json_array(sku, available)) AS json FROM "Stock"`)
  if (rows.length > 0) await redis.hset(availableKey(), ...rows.flat())
}
