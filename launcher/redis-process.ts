import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import type { ChildSpec } from './child.ts'
import type { LaunchConfig } from './launch-config.ts'
import { endLeftover } from './pid-file.ts'
import { setDataAside } from './redis-data.ts'

const PROBE_LIMIT_MS = 1_000

/** A Redis of our own: on the loopback, its data kept in an append-only file under DATA_DIR. */
export function redisProcess(config: LaunchConfig, port: number): ChildSpec {
  const folder = redisFolder(config.dataDir)
  mkdirSync(folder, { recursive: true })
  return {
    name: 'redis',
    command: config.redisServer,
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
      ...['--list-compress-depth', '1'], // what waits in the middle of a long list takes a quarter of the memory
    ],
    env: config.inherited,
    pidFile: pidFileIn(config.dataDir),
    isQuiet: true,
    isReady: () => answersPing(port),
    mend: (lastLines) => setDataAside(folder, lastLines),
  }
}

/** Stops the Redis of a launcher that was killed: it has no parent any more that would. */
export function endLeftoverRedis(dataDir: string): Promise<number | undefined> {
  return endLeftover(pidFileIn(dataDir))
}

const redisFolder = (dataDir: string) => join(dataDir, 'redis')
const pidFileIn = (dataDir: string) => join(redisFolder(dataDir), 'redis.pid')

/** False while it is not there or still loads its data. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: PROBE_LIMIT_MS })
    const answer = (isReady: boolean) => {
      socket.destroy()
      resolve(isReady)
    }
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', (reply) => answer(reply.toString().startsWith('+PONG')))
    socket.once('timeout', () => answer(false))
    socket.once('error', () => answer(false))
  })
}
