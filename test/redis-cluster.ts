import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { Cluster } from 'ioredis'
import { type RedisCluster, startRedisCluster } from '../chaos/redis-cluster.ts'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import type { RedisAddress } from '../shared/store/redis.ts'
import { PREFIX, type TestRedis } from './redis-server.ts'

const REPLICATED_MS = 5_000

/** A Redis Cluster of the test's own, with a connection that begins all keys with the prefix. */
export type TestCluster = RedisCluster & { address: RedisAddress; client: Cluster }

/** A cluster for the tests of a file. Each finds it running and empty; which node holds what may have changed before. */
export function useCluster(replicas = 0): TestCluster {
  const cluster = {} as TestCluster // from the first test on
  beforeAll(async () => {
    const started = await startRedisCluster(readLaunchConfig().redisServer, replicas)
    const nodes = started.nodes.map(({ port }) => ({ host: '127.0.0.1', port }))
    const client = new Cluster(nodes, { keyPrefix: `${PREFIX}:`, slotsRefreshInterval: 0 })
    client.on('error', () => {})
    Object.assign(cluster, started, { client, address: { url: started.url, prefix: `${PREFIX}:` } })
  })
  beforeEach(async () => {
    await cluster.mend()
    await Promise.all((await cluster.masters()).map(({ client }) => client.flushall()))
    if (replicas > 0)
      // else one that takes over has it all again
      await Promise.all((await cluster.masters()).map(({ client }) => client.call('WAIT', 1, REPLICATED_MS)))
  })
  afterAll(async () => {
    cluster.client.disconnect()
    await cluster.stop()
  })
  return cluster
}

/** What of it looks like one server, for a test bed that knows no other. */
export function asServer({ url, address, client, nodes, stop }: TestCluster): TestRedis {
  return {
    ...{ url, address, stop, pid: () => 0 },
    client: client as unknown as TestRedis['client'], // the bed only asks it for keys
    kill: async () => void (await Promise.all(nodes.map((node) => node.kill()))),
    start: async () => void (await Promise.all(nodes.map((node) => node.start()))),
  }
}
