import type { Cluster, Plain, Redis } from './redis.ts'
import { slotOf } from './slot.ts'

/** What is asked of a server rather than of a key: the one there is, or each node of a cluster that holds keys. */
export function nodesOf(redis: Redis, role: 'master' | 'all' = 'master'): Plain[] {
  if (isCluster(redis)) return redis.nodes(role)
  return isServer(redis) ? [redis] : []
}

/**
 * Which connection leads to a key: another one after a failover, and after a node has been away, for then it may have
 * forgotten what was last. Of a single server its connection tells that by being ready again, and this says nothing.
 */
export function homeOf(redis: Redis, key: string): string {
  if (!isCluster(redis)) return ''
  const owner = redis.slots[slotOf(`${redis.options.keyPrefix ?? ''}${key}`)]?.[0]
  const node = redis.nodes('master').find(({ options }) => `${options.host}:${options.port}` === owner)
  return `${owner} ${node && numberOf(node)}`
}

const numbers = new WeakMap<Plain, number>()
let last = 0

function numberOf(node: Plain): number {
  const number = numbers.get(node) ?? ++last
  numbers.set(node, number)
  return number
}

/**
 * How to end what `blocking` waits for, at once and without loss: the pop returns what it has got, or nothing.
 * Asked for over `redis`, because a connection that waits hears nothing; of each node, for one of them has it.
 * Where that cannot be done the wait goes on.
 */
export function unblocker(blocking: Redis, redis: Redis): () => Promise<void> {
  const { connectionName } = (isCluster(blocking) ? blocking.options.redisOptions : nodesOf(blocking)[0]?.options) ?? {}
  return async () => {
    await Promise.all(nodesOf(redis).map((node) => unblock(node, ` name=${connectionName} `).catch(() => {})))
  }
}

async function unblock(node: Plain, name: string): Promise<void> {
  const clients = String(await node.client('LIST', 'TYPE', 'NORMAL')).split('\n')
  const ids = clients.filter((line) => line.includes(name)).map((line) => Number(/^id=(\d+)/.exec(line)?.[1]))
  await Promise.all(ids.map((id) => node.client('UNBLOCK', id)))
}

/** Hears what each server is told, by MONITOR, until what is returned is called; again by itself when one was away. */
export function monitor(redis: Redis, hear: (time: string, words: string[]) => void): () => void {
  const all = nodesOf(redis).map((node) => monitorOne(node, hear))
  return () => {
    for (const one of all) one.disconnect()
  }
}

const AGAIN_MS = 250

function monitorOne(node: Plain, hear: (time: string, words: string[]) => void): Plain {
  const one = node.duplicate({ monitor: true, lazyConnect: true, retryStrategy: () => AGAIN_MS })
  one.on('error', () => {}) // Redis is away, which others say
  one.on('ready', () => {
    Object.assign(one, { status: 'monitoring' }) // MONITOR is sent; ioredis notes that a moment after the answer, and dies of a command in between
  })
  one.on('monitor', hear)
  one.connect().catch(() => {})
  return one
}

const isCluster = (redis: Redis | Cluster): redis is Cluster => 'slots' in redis
const isServer = (redis: Redis | Plain): redis is Plain => 'duplicate' in redis
