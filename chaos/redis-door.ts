import { Redis } from 'ioredis'

export type { Redis } from 'ioredis'

const COMMAND_LIMIT_MS = 4_000 // longer than Redis is ever frozen

/** Our own connection to the shop's Redis. A command rejects while Redis is away: that fault is missed then. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    commandTimeout: COMMAND_LIMIT_MS,
    retryStrategy: () => 100,
  })
  redis.on('error', () => {}) // it is us who kill it
  return redis
}
