import { z } from 'zod'
import { busChannel } from '../keys.ts'
import { services } from '../routes.ts'
import { connectSubscriber, type Redis } from '../store/redis.ts'

const notice = z.object({ type: z.literal('workers.changed'), service: z.enum(services) })

/** What the live bus carries. It may be lost: whoever listens only gets to know sooner. */
export type Notice = z.infer<typeof notice>

/** Tells whoever is listening now. Never rejects. */
export async function tell(redis: Redis, what: Notice): Promise<void> {
  await redis.publish(busChannel(), JSON.stringify(what)).catch(() => {})
}

/** Listens to the bus on a connection of its own, until `close`. */
export function listenToBus(url: string, hear: (what: Notice) => void): { close(): void } {
  const redis = connectSubscriber(url)
  redis.on('message', (_channel, text: string) => {
    const parsed = notice.safeParse(parseJson(text))
    if (parsed.success) hear(parsed.data)
  })
  redis.subscribe(busChannel()).catch(() => {}) // made again by the client at each reconnect
  return { close: () => redis.disconnect() }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
