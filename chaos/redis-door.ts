import { Cluster, Redis } from 'ioredis'

export type { Redis } from 'ioredis'

/** The shop's corner of Redis: its keys begin with this, and ours must, or we would hurt nothing. */
export const CORNER = 'chaos'

const COMMAND_LIMIT_MS = 4_000 // longer than Redis is ever frozen

/** Our own connection to the shop's Redis. A command rejects while Redis is away: that fault is missed then. */
export function connectRedis(url: string, corner = CORNER): Redis {
  const redis = new Redis(url, {
    keyPrefix: `${corner}:`,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: COMMAND_LIMIT_MS,
    retryStrategy: () => 100,
  })
  redis.on('error', () => {}) // it is us who kill it
  return redis
}

/** Likewise to a Redis Cluster, by the addresses of some of its nodes. */
export function connectCluster(url: string, corner = CORNER): Cluster {
  const nodes = url
    .replace(/^[\w-]+:\/\//, '')
    .split(',')
    .map((one) => `redis://${one}`)
  const cluster = new Cluster(nodes, {
    keyPrefix: `${corner}:`,
    enableOfflineQueue: false,
    redisOptions: { commandTimeout: COMMAND_LIMIT_MS },
    clusterRetryStrategy: () => 100,
  })
  cluster.on('error', () => {})
  return cluster
}
