import { join } from 'node:path'
import { systemEnv } from '../shared/start/env-for.ts'
import type { ChildSpec } from './child-spec.ts'
import type { LaunchConfig } from './launch-config.ts'
import { endLeftover } from './pid-file.ts'
import { setDataAside } from './redis-data.ts'
import { redisServer } from './redis-server.ts'

/** The Redis that the launcher brings: its data is kept under DATA_DIR. */
export function redisProcess(config: LaunchConfig, port: number, password: string): ChildSpec {
  const folder = redisFolder(config.dataDir)
  return {
    name: 'redis',
    ...redisServer(config.redisServer, folder, port, password),
    env: systemEnv(config.inherited),
    pidFile: pidFileIn(config.dataDir),
    isQuiet: true,
    mend: (lastLines) => setDataAside(folder, lastLines),
  }
}

/** Stops the Redis of a launcher that was killed: it has no parent any more that would. */
export function endLeftoverRedis(dataDir: string): Promise<number | undefined> {
  return endLeftover(pidFileIn(dataDir))
}

const redisFolder = (dataDir: string) => join(dataDir, 'redis')
const pidFileIn = (dataDir: string) => join(redisFolder(dataDir), 'redis.pid')
