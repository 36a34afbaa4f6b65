import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { readLaunchConfig } from '../../launcher/launch-config.ts'
import { pickPorts } from '../../launcher/ports.ts'
import { redisServer, startLoneRedis } from '../../launcher/redis-server.ts'

/** A Redis that dies by SIGKILL, and is back on its port at once. */
export type MortalRedis = { url: string; kill(): Promise<void>; end(): Promise<void> }

/**
 * Starts one, set as the launcher sets its own. It comes back with what is in its file; or empty, if `forgets`, as one does
 * that writes none, or whose place a replica takes that had heard nothing yet.
 */
export async function startMortalRedis(roundFolder: string, forgets: boolean): Promise<MortalRedis> {
  const folder = join(roundFolder, 'mortal-redis')
  const [port = 0] = await pickPorts(1)
  const start = () => startLoneRedis(redisServer(readLaunchConfig().redisServer, folder, port))
  let running = await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      await running.end('SIGKILL')
      if (forgets) await rm(folder, { recursive: true })
      running = await start()
    },
    end: () => running.end(),
  }
}
