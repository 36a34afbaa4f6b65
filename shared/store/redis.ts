import { randomUUID } from 'node:crypto'
import type { EventEmitter } from 'node:events'
import { Cluster, Redis as Plain, type RedisCommander, type RedisOptions } from 'ioredis'
import type { Health } from '../health.ts'
import { type RedisPlace, readRedisUrl } from '../redis-url.ts'
import { bySentinels, COMMON, inCluster, LOOK_FOR_NODES_MS, TRUSTING, WAITING } from './redis-options.ts'

/** The connection to one server; in a cluster, one of those to its nodes. */
export type { Cluster, ClusterOptions, Redis as Plain, RedisOptions } from 'ioredis'

/** A connection to a server, or those to a cluster: what both can do. The keys of one command are in one slot. */
export type Redis = RedisCommander & EventEmitter & State
type State = { status: string; readonly options: { keyPrefix?: string | undefined }; disconnect(): void }

/** Where a shop's Redis is, and which corner of it is the shop's: every key begins with `prefix`. */
export type RedisAddress = { url: string; prefix: string }

const COMMAND_LIMIT_MS = 3_000
/** How long a blocking pop waits (s); short, so that a stop that cannot end the wait is noticed soon. */
export const POP_WAIT_S = 2
const POP_LIMIT_MS = POP_WAIT_S * 1_000 + 3_000 // silence for longer than this means the connection is dead

/** The connection for commands; each has a time limit. */
export function connectCommands({ url, prefix }: RedisAddress, health: Health): Redis {
  return open(url, { keyPrefix: prefix, commandTimeout: COMMAND_LIMIT_MS }, 'redis', health)
}

/** A connection that only waits in BRPOP, and comes back to life when Redis has gone silent. Its name is its own. */
export function connectBlocking({ url, prefix }: RedisAddress, health: Health): Redis {
  const connectionName = `pops-${randomUUID()}`
  return open(url, { keyPrefix: prefix, socketTimeout: POP_LIMIT_MS, connectionName }, 'redis (pops)', health)
}

/** A connection that only subscribes, again at each `ready`. */
export function connectSubscriber({ url }: RedisAddress, health: Health): Redis {
  return open(url, WAITING, 'redis (bus)', health)
}

/** A connection as the client makes it by itself, for stand-ins: it waits for Redis, and sends again what got no answer. */
export function connectTrusting({ url, prefix }: RedisAddress, health: Health): Redis {
  return open(url, { ...TRUSTING, keyPrefix: prefix }, 'redis', health)
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

const NOT_CONNECTED = /^(Stream isn't writeable|Connection is closed|Cluster isn’t ready)/

/** True when Redis has answered, and the answer was no: nothing was lost on the way. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && (error.name === 'ReplyError' || isMoving(error))
}

/** True when a slot was on its way to another node for longer than the client has tried: nothing was done. */
export function isMoving(error: unknown): boolean {
  return error instanceof Error && /^Too many Cluster redirections\b.*\b(TRYAGAIN|MOVED|ASK)\b/.test(error.message)
}

function open(url: string, wanted: RedisOptions, what: string, health: Health): Redis {
  const place = readRedisUrl(url)
  if ('problem' in place) throw new Error(`The address of Redis ${place.problem}.`)
  const options = { ...COMMON, ...wanted }
  return place.kind === 'cluster' ? openCluster(place, options, what, health) : openOne(place, options, what, health)
}

type One = Exclude<RedisPlace, { kind: 'cluster' }>

function openOne(place: One, options: RedisOptions, what: string, health: Health): Redis {
  let isLeft = false // once is enough: each command under way hears the same, and each would ask for it
  const isNoMaster = ({ message }: Error) => /^(READONLY|UNBLOCKED)/.test(message) // another one is now: look again
  const reconnectOnError = (error: Error) => {
    const isNews = !isLeft && isNoMaster(error)
    isLeft ||= isNews
    return isNews
  }
  const all = { ...options, reconnectOnError }
  const redis = place.kind === 'server' ? new Plain(place.url, all) : new Plain({ ...bySentinels(place), ...all })
  redis.on('ready', () => {
    isLeft = false
  })
  return watched(redis, what, health)
}

/**
 * Fails a command at once while no node is there. By the client's own option it would also fail what is asked of a node in the
 * moment in which it is connected to; that waits, not for long.
 */
class ImpatientCluster<M extends 'legacy' | 'resp3'> extends Cluster<M> {
  override sendCommand(...[command, ...more]: Parameters<Cluster['sendCommand']>): unknown {
    if (this.status === 'ready' || command.name === 'cluster') return super.sendCommand(command, ...more)
    command.reject(new Error('Cluster isn’t ready'))
    return command.promise
  }
}

type Several = Extract<RedisPlace, { kind: 'cluster' }>

/** A node that is away is a trouble while something is asked of it; that the slots can be looked up says that it may be over. */
function openCluster(place: Several, options: RedisOptions, what: string, health: Health): Redis {
  const all = inCluster(place, options)
  const cluster = options.enableOfflineQueue ? new Cluster(place.nodes, all) : new ImpatientCluster(place.nodes, all)
  const { ok, failed } = health.watch(`${what}: a node`)
  cluster.on('node error', (error, node) => {
    if (!isDisconnected(error)) failed(new Error(`${node}: ${error.message}`, { cause: error }))
  })
  cluster.on('refresh', () => ok())
  const looking = setInterval(() => cluster.refreshSlotsCache(), LOOK_FOR_NODES_MS).unref() // the client's own goes on after the end
  cluster.once('end', () => {
    clearInterval(looking)
    ok(true)
  })
  return watched(cluster, what, health)
}

function watched(redis: Redis, what: string, health: Health): Redis {
  const { ok, failed } = health.watch(what, isDisconnected)
  redis.on('ready', () => ok(true))
  redis.on('error', failed)
  redis.once('end', () => ok(true)) // closed by ourselves
  return redis
}
