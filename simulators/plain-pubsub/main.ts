import { listenTo } from '../../shared/channels.ts'
import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { tourChannel } from '../../shared/keys.ts'
import type { Logger } from '../../shared/logger.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { eventOf, openEventStream } from '../../shared/web/event-stream.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { isEntry, type Running, runAlone } from '../run.ts'

const SERVICE = 'plain-pubsub'

/**
 * Starts a server of server-sent events as they are usually made of Redis pub/sub: what is heard on the channel is written to all who
 * listen to `/events` just now. It remembers nothing.
 */
export async function start(config: Config, log: Logger): Promise<Running> {
  const readers = new Set<ReturnType<typeof openEventStream>>()
  const hear = (_channel: string, text: string) => {
    const event = eventOf(JSON.stringify({ text }))
    for (const reader of readers) reader.pass(event)
  }
  const listening = listenTo(redisAddressOf(config), [tourChannel()], createHealth(log), { name: 'notes', hear })
  const app = createApp(log, (routes) => {
    routes.get('/events', (_req, res) => {
      const reader = openEventStream(res, () => readers.delete(reader))
      readers.add(reader)
    })
  })
  const server = await listen(app, config.PORT, config.HOST)
  const close = async () => {
    listening.close()
    for (const reader of readers) reader.end()
    await server.close()
  }
  return { url: server.url, close }
}

if (isEntry(import.meta.url)) await runAlone(SERVICE, start)
