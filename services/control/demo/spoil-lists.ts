import { queueKey } from '../../../shared/keys.ts'
import { type Service, shardsOf } from '../../../shared/routes.ts'
import { pushAll } from '../../../shared/store/in-chunks.ts'
import type { Redis } from '../../../shared/store/redis.ts'
import { nodesOf } from '../../../shared/store/redis-nodes.ts'
import { Problem } from '../../../shared/web/http.ts'
import type { Demo } from './demo.ts'

const DOUBLED_MAX = 10_000

/** FLUSHALL. Only on a Redis that the launcher brought: another one may hold what is not ours. */
export async function flushAll(redis: Redis, demo: Demo): Promise<null> {
  if (!(await demo.ownsRedis())) throw new Problem(409, 'Conflict', 'This Redis is not the demo’s.')
  await Promise.all(nodesOf(redis).map((node) => node.flushall()))
  return null
}

/** Pushes everything that waits in a list, or in its shards, once more. Returns how much that was. */
export async function resendAll(redis: Redis, service: Service): Promise<number> {
  const counts = await Promise.all(shardsOf(service).map((list) => resend(redis, queueKey(list))))
  return counts.reduce((sum, count) => sum + count)
}

async function resend(redis: Redis, key: string): Promise<number> {
  const waiting = await redis.lrange(key, 0, DOUBLED_MAX - 1)
  await pushAll(redis, key, waiting.toReversed())
  return waiting.length
}

/** Pushes what is no message, in four ways. Returns how much that was. */
export async function pushGarbage(redis: Redis, service: Service): Promise<number> {
  const envelope = { id: crypto.randomUUID(), subject: 'nobody', at: Date.now(), stamp: Date.now(), attempt: 1 }
  const garbage = [
    '{"this is": not JSON',
    JSON.stringify({ hello: 'world' }),
    JSON.stringify({ ...envelope, name: 'order.eaten', data: {} }),
    JSON.stringify({ ...envelope, id: crypto.randomUUID(), name: 'order.placed', data: { number: 7 } }),
  ]
  await pushAll(redis, queueKey(service), garbage)
  return garbage.length
}
