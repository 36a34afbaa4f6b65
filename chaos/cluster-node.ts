import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type LoneRedis, redisServer, startLoneRedis } from '../launcher/redis-server.ts'
import { untilDone } from './until-done.ts'

/** How long (ms) a node must be silent before the others take it for dead. */
const NODE_TIMEOUT_MS = 1_000
const HOST = '127.0.0.1'

/** One node of a Redis Cluster that is thrown away. */
export type ClusterNode = {
  id: string
  port: number
  /** Where the nodes talk among themselves. */
  busPort: number
  /** A connection to this node alone. */
  client: Redis
  /** 0 while it does not run. */
  pid(): number
  /** By SIGKILL; what was not fsynced may be gone. */
  kill(): Promise<void>
  /** Starts it again with what it has kept, unless it runs. */
  start(): Promise<void>
  stop(): Promise<void>
}

type Place = { program: string; folder: string; port: number; busPort: number }

/** Starts a node that knows no others yet. */
export async function startNode({ program, folder, port, busPort }: Place): Promise<ClusterNode> {
  let server: LoneRedis | undefined
  const client = new Redis({ host: HOST, port, lazyConnect: true, maxRetriesPerRequest: null, retryStrategy: () => 50 })
  client.on('error', () => {}) // it is us who kill it
  const start = async () => {
    const { command, args, isReady } = redisServer(program, join(folder, String(port)), port)
    server ??= await startLoneRedis({ command, args: [...args, ...inCluster(busPort)], isReady })
    await untilDone(() => client.ping())
  }
  const kill = async () => {
    await server?.end('SIGKILL')
    server = undefined
  }
  await start()
  const stop = async () => {
    await kill()
    client.disconnect()
  }
  const id = String(await client.cluster('MYID'))
  return { id, port, busPort, client, pid: () => server?.pid ?? 0, kill, start, stop }
}

const inCluster = (busPort: number) => [
  ...['--cluster-config-file', 'nodes.conf', '--cluster-port', String(busPort)],
  ...clusterSettings(NODE_TIMEOUT_MS),
]

/** A replica may take over whatever it has missed: that is what is tried here. */
export const clusterSettings = (nodeTimeoutMs: number): string[] => [
  ...['--cluster-enabled', 'yes', '--cluster-node-timeout', String(nodeTimeoutMs)],
  ...['--cluster-replica-validity-factor', '0', '--repl-diskless-sync-delay', '0', '--repl-timeout', '10'],
]
