import { statusKey } from '../shared/keys.ts'
import { type Service, services } from '../shared/routes.ts'
import type { Redis } from './redis-door.ts'

/** What is in Redis when nothing is on its way. */
export type Leftovers = { keys: number; statusFields: number }

type Nodes = Pick<Redis, 'hlen' | 'dbsize'>

/** Counts it. */
export async function leftoversIn(redis: Nodes, asked: readonly Service[] = services): Promise<Leftovers> {
  const fields = await Promise.all(asked.map((service) => redis.hlen(statusKey(service)).catch(() => 0)))
  return {
    keys: await redis.dbsize().catch(() => 0),
    statusFields: fields.reduce((sum, count) => sum + count, 0),
  }
}
