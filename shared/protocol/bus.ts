import { z } from 'zod'
import type { Health } from '../health.ts'
import { busChannel } from '../keys.ts'
import { services } from '../routes.ts'
import { connectSubscriber, type Redis, type RedisAddress } from '../store/redis.ts'

const notice = z.object({ type: z.literal('workers.changed'), service: z.enum(services) })

/** What the live bus carries. It may be lost: whoever listens only gets to know sooner. */
export type Notice = z.infer<typeof notice>

/** Tells whoever is listening now. Never rejects. */
export async function tell(redis: Redis, what: Notice): Promise<void> {
  await redis.publish(channelIn(redis.options.keyPrefix), JSON.stringify(what)).catch(() => {})
}

/** Listens to the bus on a connection of its own, until `close`. */
export function listenToBus(address: RedisAddress, health: Health, hear: (what: Notice) => void): { close(): void } {
  const redis = connectSubscriber(address, health)
  redis.on('message', (_channel, text: string) => {
    const parsed = notice.safeParse(parseJson(text))
    if (parsed.success) hear(parsed.data)
  })
  const listening = health.watch('bus')
  redis.subscribe(channelIn(address.prefix)).then(() => listening.ok(true), listening.failed) // made again at each reconnect
  return { close: () => redis.disconnect() }
}

/** The client puts its prefix before keys, not before channels. */
const channelIn = (prefix = '') => `${prefix}${busChannel()}`

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
