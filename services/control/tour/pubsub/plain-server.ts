import type { Config } from '../../../../shared/config.ts'
import { redisAddressOf } from '../../../../shared/store/corner.ts'
import { type Program, startProgram } from '../start-program.ts'

const FILE = 'simulators/plain-pubsub/main.js'

/** The server that only passes on what it hears from PUBLISH; when it is killed it is started again at once, where it was. */
export type PlainServer = { eventsUrl: string; kill(): Promise<void>; stop(): void }

export async function startPlainServer(config: Config): Promise<PlainServer> {
  const { prefix, url: REDIS_URL } = redisAddressOf(config)
  const env = { DATA_DIR: config.DATA_DIR, REDIS_URL, REDIS_PREFIX: prefix.slice(0, -1) }
  let program: Program = await startProgram(FILE, env)
  let isStopped = false
  const { port } = new URL(program.url)
  return {
    eventsUrl: `${program.url}/events`,
    kill: async () => {
      program.kill()
      program = await startProgram(FILE, { ...env, PORT: port })
      if (isStopped) program.stop()
    },
    stop: () => {
      isStopped = true
      program.stop()
    },
  }
}
