import type { RedisPlace } from '../redis-url.ts'
import type { ClusterOptions, RedisOptions } from './redis.ts'

const RECONNECT_MAX_MS = 250 // so that orders flow again soon after Redis is back
/** How often it is looked up who holds which slot: a node that hangs does not say who has taken over. */
export const LOOK_FOR_NODES_MS = 1_000
const AGAIN_MS = 100
const HANGS_MS = 3_000 // what was asked is unanswered, and nothing else comes
const REDIRECTS_MAX = 6 // a slot that moves answers TRYAGAIN to whoever asks for several lists, and each time 0.1 s are waited

const retryStrategy = (times: number) => Math.min(25 * 2 ** Math.min(times, 5), RECONNECT_MAX_MS)

/**
 * What a command that was under way at a disconnect did is unknown: never sent again by the client, for that
 * doubles pushes. It fails at once (`maxRetriesPerRequest: 0`; with `null` its promise would stay open for ever),
 * as do commands while Redis is away; the outbox remembers.
 */
export const COMMON: RedisOptions = {
  autoResendUnfulfilledCommands: false,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  connectTimeout: 2_000,
  disconnectTimeout: 250, // for Redis to say goodbye; where it is gone already, this is what an end waits for
  retryStrategy,
}

/** For a connection that waits until Redis is back. */
export const WAITING: RedisOptions = {
  enableOfflineQueue: true,
  autoResubscribe: false, // whoever listens does so, for nobody hears of it where the client's own fails
  autoResendUnfulfilledCommands: true, // subscribing twice is subscribing once
  maxRetriesPerRequest: null,
}

/** As the client is by itself. */
export const TRUSTING: RedisOptions = {
  ...WAITING,
  autoResubscribe: true,
  maxRetriesPerRequest: 20,
  retryStrategy: (times) => Math.min(50 * times, 2_000),
}

type Place<K extends RedisPlace['kind']> = Extract<RedisPlace, { kind: K }>

/**
 * The same for a cluster. What is answered with MOVED, ASK or TRYAGAIN has not been done: that the client sends on to whom
 * it names. All else fails at once, as with one server: a node that is gone is looked for by whoever asks next.
 */
export function inCluster({ login, isTls }: Place<'cluster'>, options: RedisOptions): ClusterOptions {
  const isAgain = options.autoResendUnfulfilledCommands === true
  return {
    clusterRetryStrategy: retryStrategy,
    retryDelayOnFailover: isAgain ? AGAIN_MS : 0,
    retryDelayOnClusterDown: isAgain ? AGAIN_MS : 0,
    maxRedirections: REDIRECTS_MAX,
    slotsRefreshTimeout: LOOK_FOR_NODES_MS,
    ...(isTls && { dnsLookup: (name, done) => done(null, name) }), // or a certificate would have to be for addresses
    redisOptions: { ...options, ...login, ...(isTls && { tls: {} }) },
  }
}

/**
 * By Sentinels, who are asked at each connect. One that hangs is left after a while: it does not say that another one has become
 * the master. The client's own `failoverDetector` hears that from Sentinels, and ends a connection for ever that is being made then.
 */
export function bySentinels({ nodes, name, login, isTls, sentinelPassword }: Place<'sentinel'>): RedisOptions {
  return {
    sentinels: nodes,
    name,
    sentinelRetryStrategy: retryStrategy,
    socketTimeout: HANGS_MS,
    sentinelCommandTimeout: LOOK_FOR_NODES_MS,
    ...login,
    ...(sentinelPassword !== undefined && { sentinelPassword }),
    ...(isTls && { tls: {}, sentinelTLS: {}, enableTLSForSentinelMode: true }),
  }
}
