import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach } from '@jest/globals'
import { Redis } from 'ioredis'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import { pickPorts } from '../launcher/ports.ts'
import { type LoneRedis, redisServer, startLoneRedis } from '../launcher/redis-server.ts'
import type { RedisAddress } from '../shared/store/redis.ts'
import { until } from './until.ts'

/** The corner of Redis that everything under test is told to use. */
export const PREFIX = 'test'

/** A Redis of the test's own, on a free port with a folder of its own. */
export type TestRedis = {
  url: string
  address: RedisAddress
  client: Redis
  pid(): number
  /** `kill -9`; what was not fsynced may be gone. */
  kill(): Promise<void>
  /** Starts it again, unless it runs. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** A Redis for the tests of a file. Each finds it running and empty, whatever the one before did to it. */
export function useRedis(): TestRedis {
  const redis = {} as TestRedis // from the first test on
  beforeAll(async () => {
    Object.assign(redis, await startRedis())
  })
  beforeEach(async () => {
    await redis.start()
    await redis.client.flushall()
  })
  afterAll(() => redis.stop())
  return redis
}

/** Starts a Redis server that keeps its data over a restart. */
export async function startRedis(): Promise<TestRedis> {
  const [port = 0] = await pickPorts(1)
  const folder = mkdtempSync(join(tmpdir(), 'orderline-redis-'))
  const url = `redis://127.0.0.1:${port}`
  const prefix = `${PREFIX}:`
  const client = new Redis(url, {
    keyPrefix: prefix,
    lazyConnect: true,
    retryStrategy: () => 50,
    maxRetriesPerRequest: null,
  })
  client.on('error', () => {})
  let server: LoneRedis | undefined

  const start = async () => {
    server ??= await startLoneRedis(redisServer(readLaunchConfig().redisServer, folder, port))
    await until(() => client.ping(), { what: `redis on ${port}` })
  }
  await client.connect().catch(() => {})
  await start()
  return {
    url,
    address: { url, prefix },
    client,
    pid: () => server?.pid ?? 0,
    kill: async () => {
      await server?.end('SIGKILL')
      server = undefined
    },
    start,
    stop: async () => {
      client.disconnect()
      await server?.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
