import { Redis, type RedisOptions } from 'ioredis'
import type { Health } from '../health.ts'

export type { Redis } from 'ioredis'

/** Where a shop's Redis is, and which corner of it is the shop's: every key begins with `prefix`. */
export type RedisAddress = { url: string; prefix: string }

const COMMAND_LIMIT_MS = 3_000
/** How long a blocking pop waits (s); short, so that a stop that cannot end the wait is noticed soon. */
export const POP_WAIT_S = 2
const POP_LIMIT_MS = POP_WAIT_S * 1_000 + 3_000 // silence for longer than this means the connection is dead
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
export function connectCommands({ url, prefix }: RedisAddress, health: Health): Redis {
  return open(url, { keyPrefix: prefix, commandTimeout: COMMAND_LIMIT_MS }, 'redis', health)
}

/** A connection that only waits in BRPOP, and comes back to life when Redis has gone silent. */
export function connectBlocking({ url, prefix }: RedisAddress, health: Health): Redis {
  return open(url, { keyPrefix: prefix, socketTimeout: POP_LIMIT_MS }, 'redis (pops)', health)
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
export function connectSubscriber({ url }: RedisAddress, health: Health): Redis {
  return open(url, RESUBSCRIBING, 'redis (bus)', health)
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

/** True for a command that failed because there was no connection for it; why there is none is the connection's to tell. */
function isDisconnected(error: unknown): boolean {
  return error instanceof Error && (error.name === 'MaxRetriesPerRequestError' || NOT_CONNECTED.test(error.message))
}

const NOT_CONNECTED = /^(Stream isn't writeable|Connection is closed)/

/** True when Redis has answered, and the answer was no: nothing was lost on the way. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'ReplyError'
}

function open(url: string, options: RedisOptions, what: string, health: Health): Redis {
  let isLeft = false // once is enough: each command under way hears the same, and each would ask for it
  const isNoMaster = ({ message }: Error) => /^(READONLY|UNBLOCKED)/.test(message) // another one is now: look again
  const reconnectOnError = (error: Error) => {
    const isNews = !isLeft && isNoMaster(error)
    isLeft ||= isNews
    return isNews
  }
  const redis = new Redis(url, { ...COMMON, ...options, reconnectOnError })
  redis.on('ready', () => {
    isLeft = false
  })
  return watched(redis, what, health)
}

function watched(redis: Redis, what: string, health: Health): Redis {
  const { ok, failed } = health.watch(what, isDisconnected)
  redis.on('ready', () => ok(true))
  redis.on('error', failed)
  redis.once('end', () => ok(true)) // closed by ourselves
  return redis
}
