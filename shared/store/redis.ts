import { Redis, type RedisOptions } from 'ioredis'
import type { Logger } from '../logger.ts'

export type { Redis } from 'ioredis'

const COMMAND_LIMIT_MS = 3_000
/** How long a blocking pop waits (s); short, so that a stop that cannot end the wait is noticed soon. */
export const POP_WAIT_S = 1
const POP_LIMIT_MS = POP_WAIT_S * 1_000 + 4_000 // silence for longer than this means the connection is dead
const RECONNECT_MAX_MS = 250 // so that orders flow again soon after Redis is back

/**
 * What a command that was under way at a disconnect did is unknown: never sent again by the client, for that
 * doubles pushes. It fails at once (`maxRetriesPerRequest: 0`; with `null` its promise would stay open for ever),
 * as do commands while Redis is away; the outbox remembers.
 */
const COMMON: RedisOptions = {
  autoResendUnfulfilledCommands: false,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  disconnectTimeout: 250, // for Redis to say goodbye; where it is gone already, this is what an end waits for
  retryStrategy: (times) => Math.min(25 * 2 ** Math.min(times, 5), RECONNECT_MAX_MS),
}

/** The connection for commands; each has a time limit. */
export function connectCommands(url: string, log: Logger): Redis {
  return watched(new Redis(url, { ...COMMON, commandTimeout: COMMAND_LIMIT_MS }), log)
}

/** A connection that only waits in BRPOP, and comes back to life when Redis has gone silent. */
export function connectBlocking(url: string): Redis {
  const redis = new Redis(url, { ...COMMON, socketTimeout: POP_LIMIT_MS })
  redis.on('error', () => {}) // told once, by the command connection
  return redis
}

/**
 * How to end what `blocking` waits for, at once and without loss: the pop returns what it has got, or nothing.
 * Asked for over `redis`, because a connection that waits hears nothing. Where that cannot be done the wait goes on.
 */
export function unblocker(blocking: Redis, redis: Redis): () => Promise<void> {
  let id: number | undefined // each time it connects, another one
  blocking.on('ready', async () => {
    id = await blocking.client('ID').catch(() => undefined)
  })
  return async () => {
    if (id !== undefined) await redis.client('UNBLOCK', id).catch(() => {})
  }
}

/** A connection that only subscribes; subscriptions are made again after a reconnect. */
export function connectSubscriber(url: string): Redis {
  const redis = new Redis(url, { ...COMMON, ...RESUBSCRIBING })
  redis.on('error', () => {})
  return redis
}

const RESUBSCRIBING: RedisOptions = {
  enableOfflineQueue: true,
  autoResubscribe: true,
  autoResendUnfulfilledCommands: true, // subscribing twice is subscribing once
  maxRetriesPerRequest: null,
}

/** Resolves when the connection is ready for commands, or has been closed for good. */
export function whenReady(redis: Redis): Promise<void> {
  if (redis.status === 'ready' || redis.status === 'end') return Promise.resolve()
  return new Promise((resolve) => {
    redis.once('ready', resolve)
    redis.once('end', resolve)
  })
}

/** Logs once when Redis goes and once when it returns. */
function watched(redis: Redis, log: Logger): Redis {
  let away = false
  redis.on('ready', () => {
    if (away) log.info('redis.back')
    away = false
  })
  redis.on('error', (error: Error) => {
    if (!away) log.warn({ reason: error.message }, 'redis.away')
    away = true
  })
  return redis
}
