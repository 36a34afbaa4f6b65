import { Redis } from 'ioredis'
import { pickPorts } from '../../launcher/ports.ts'
import type { Round } from '../contest.ts'
import { NOTES } from '../peers/pubsub-keys.ts'
import { startUndying } from '../undying.ts'
import type { Stage } from './stage.ts'

/** Redis pub/sub, and a server that writes what it hears to whoever reads. Who says something publishes it. */
export async function pubsubStage({ redisUrl }: Round): Promise<Stage> {
  const [port = 0] = await pickPorts(1)
  const server = await startUndying('peers/pubsub-sse.js', { REDIS_URL: redisUrl, PORT: String(port) })
  const redis = new Redis(redisUrl)
  return {
    url: `http://127.0.0.1:${port}/events`,
    say: async (text) => void (await redis.publish(NOTES, text)),
    pid: async () => server.pid(),
    kill: server.kill,
    close: async () => {
      await server.stop()
      redis.disconnect()
    },
  }
}
