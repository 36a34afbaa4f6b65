import { statusKey } from '../shared/keys.ts'
import { type Service, services, shardsOf } from '../shared/routes.ts'
import { type Redis, serversOf } from './redis-door.ts'

/** What is in Redis when nothing is on its way. */
export type Leftovers = { keys: number; statusFields: number }

/** Counts it. */
export async function leftoversIn(redis: Redis, asked: readonly Service[] = services): Promise<Leftovers> {
  const hashes = asked.flatMap((service) => shardsOf(service)).map(statusKey)
  const fields = await Promise.all(hashes.map((hash) => redis.hlen(hash).catch(() => 0)))
  return {
    keys: sum(await Promise.all(serversOf(redis).map((server) => server.dbsize().catch(() => 0)))),
    statusFields: sum(fields),
  }
}

const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0)
