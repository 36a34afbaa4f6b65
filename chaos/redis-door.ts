import { setTimeout as delay } from 'node:timers/promises'
import { type ChainableCommander, Cluster, Redis as Plain, type RedisCommander } from 'ioredis'

/** Our own connection to a server or a cluster. */
export type Redis = RedisCommander & { readonly status: string; multi(): ChainableCommander; disconnect(): void }

/** The shop's corner of Redis: its keys begin with this, and ours must, or we would hurt nothing. */
export const CORNER = 'chaos'

const COMMAND_LIMIT_MS = 4_000 // longer than Redis is ever frozen
const CLUSTER = 'redis-cluster://'

/** Our own connection to the shop's Redis. A command rejects while Redis is away: that fault is missed then. */
export function connectRedis(url: string, corner = CORNER): Redis {
  const options = { autoResendUnfulfilledCommands: false, commandTimeout: COMMAND_LIMIT_MS }
  const keyPrefix = `${corner}:`
  const nodes = url.replace(CLUSTER, '').split(',')
  const redis = url.startsWith(CLUSTER)
    ? new Cluster(
        nodes.map((node) => `redis://${node}`),
        {
          ...{ keyPrefix, redisOptions: options, retryDelayOnFailover: 0, retryDelayOnClusterDown: 0 },
          clusterRetryStrategy: () => 100,
        },
      )
    : new Plain(url, {
        ...{ ...options, keyPrefix, maxRetriesPerRequest: 0, enableOfflineQueue: false },
        retryStrategy: () => 100,
      })
  redis.on('error', () => {}) // it is us who kill it
  return redis
}

const THERE_LIMIT_MS = 3_000
const LOOK_EVERY_MS = 20

/** Waits for a server that was killed, or whose connections were cut, a moment ago; not for one that stays away. */
export async function untilThere(redis: Redis): Promise<void> {
  const untilMs = performance.now() + THERE_LIMIT_MS
  while (redis.status !== 'ready' && performance.now() < untilMs) await delay(LOOK_EVERY_MS)
}

/** What is asked of a server: the one there is, or each master of a cluster. */
export function serversOf(redis: Redis): Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis]
}

/** Does something to each server. */
export async function atEach(redis: Redis, work: (server: Redis) => Promise<unknown>): Promise<void> {
  await Promise.all(serversOf(redis).map(work))
}
