import { every, type Loop } from '../every.ts'
import type { Health } from '../health.ts'
import { queueKey } from '../keys.ts'
import { type Queue, type Service, SHARDS_MAX, shardsOf } from '../routes.ts'
import type { Redis } from '../store/redis.ts'

const LOOK_MS = 5_000 // only a sender that knows of more shards than we do, in the middle of an update, has something there

type Deps = { service: Service; redis: Redis; health: Health; count: number; reachFor(list: Queue): void }

/**
 * Sees to it that no shard is left alone: those that this program knows of are popped from at once, and any other as soon as
 * something is in it, for its sender may know of more, or of more than there are now. None is left before the end: who sends to
 * it may go on.
 */
export function openShards({ service, redis, health, count, reachFor }: Deps): Loop {
  const lists: Queue[] = [service]
  const open = (list: Queue) => {
    lists.push(list)
    reachFor(list)
  }
  for (const list of shardsOf(service, count).slice(1)) open(list)
  return every(LOOK_MS, 'shards', health, async () => {
    const others = shardsOf(service, SHARDS_MAX).filter((list) => !lists.includes(list))
    const lengths = await Promise.all(others.map((list) => redis.llen(queueKey(list)).catch(() => 0))) // a node is away: its connection tells
    for (const [i, list] of others.entries()) if ((lengths[i] ?? 0) > 0) open(list)
  })
}
