import { join } from 'node:path'
import { readLaunchConfig } from '../launcher/launch-config.ts'
import { pickPorts } from '../launcher/ports.ts'
import { redisServer, startLoneRedis } from '../launcher/redis-server.ts'

/** A Redis of one round's own. */
export type BenchRedis = { url: string; pid: number; stop(): Promise<void> }

/** Starts an empty Redis, set as the launcher sets its own, with its file under `folder`. */
export async function startBenchRedis(folder: string): Promise<BenchRedis> {
  const [port = 0] = await pickPorts(1)
  const { pid, end } = await startLoneRedis(redisServer(readLaunchConfig().redisServer, join(folder, 'redis'), port))
  return { url: `redis://127.0.0.1:${port}`, pid, stop: () => end() }
}
