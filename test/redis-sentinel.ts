import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import { pickPorts } from '../launcher/ports.ts'
import { type LoneRedis, redisServer, startLoneRedis } from '../launcher/redis-server.ts'
import type { RedisAddress } from '../shared/store/redis.ts'
import { PREFIX, type TestRedis } from './redis-server.ts'
import { until } from './until.ts'

const NAME = 'shop'
const DOWN_AFTER_MS = 500

type Server = { port: number; client: Redis; process: LoneRedis }

/** A master, a replica and a Sentinel, for one test: after it they are another master and another replica. */
export type TestSentinel = {
  url: string
  address: RedisAddress
  /** A connection to whichever is the master. */
  client: Redis
  master: Server
  replica: Server
  sentinel: Server
  /** Resolves when Sentinel says that the replica is the master. */
  whenPromoted(): Promise<void>
  stop(): Promise<void>
}

export async function startSentinel(): Promise<TestSentinel> {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-sentinel-'))
  const [a = 0, b = 0, c = 0] = await pickPorts(3)
  const master = await startServer(folder, a, ['--repl-diskless-sync-delay', '0'])
  const replica = await startServer(folder, b, ['--replicaof', '127.0.0.1', String(a)])
  await until(async () => /master_link_status:up/.test(await replica.client.info('replication')))
  const sentinel = await startServer(folder, c, [writeConf(folder, a, c), '--sentinel'], true) // it asks a master for its replicas each 10 s
  await until(async () => JSON.stringify(await sentinel.client.call('SENTINEL', 'REPLICAS', NAME)).includes(`"${b}"`))
  const client = new Redis({ sentinels: [{ host: '127.0.0.1', port: c }], name: NAME, keyPrefix: `${PREFIX}:` })
  client.on('error', () => {})
  const url = `redis-sentinel://127.0.0.1:${c}/${NAME}`
  return {
    ...{ url, address: { url, prefix: `${PREFIX}:` }, client, master, replica, sentinel },
    whenPromoted: async () => {
      const address = () => sentinel.client.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME)
      await until(async () => JSON.stringify(await address()).includes(`"${b}"`))
      await until(async () => /role:master/.test(await replica.client.info('replication')))
    },
    stop: async () => {
      for (const one of [client, master.client, replica.client, sentinel.client]) one.disconnect()
      await Promise.all([master, replica, sentinel].map(({ process }) => process.end('SIGKILL')))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function startServer(folder: string, port: number, more: string[] = [], isSentinel = false): Promise<Server> {
  const { command, args } = redisServer(readLaunchConfig().redisServer, join(folder, String(port)), port)
  const client = new Redis(port, { maxRetriesPerRequest: 0, retryStrategy: () => 50 })
  client.on('error', () => {}) // it is us who kill it
  const isReady = () => client.ping().then(Boolean, () => false) // a Sentinel knows no QUIT, by which others are asked
  const process = await startLoneRedis({ command, args: isSentinel ? more : [...args, ...more], isReady })
  return { port, client, process }
}

/** Sentinel writes into it what it learns. */
function writeConf(folder: string, masterPort: number, port: number): string {
  const path = join(folder, 'sentinel.conf')
  mkdirSync(folder, { recursive: true })
  const lines = [
    `port ${port}`,
    'bind 127.0.0.1',
    `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 1`,
    `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
    `sentinel failover-timeout ${NAME} 3000`,
  ]
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

/** What of it looks like one server, for a test bed that knows no other. */
export function asServer({ url, address, client, master, stop }: TestSentinel): TestRedis {
  const kill = () => master.process.end('SIGKILL')
  return { url, address, client, stop, pid: () => master.process.pid, kill, start: async () => {} }
}
