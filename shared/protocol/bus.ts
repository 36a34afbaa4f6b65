import { z } from 'zod'
import { listenTo, tellIn } from '../channels.ts'
import type { Health } from '../health.ts'
import { busChannel } from '../keys.ts'
import { services } from '../routes.ts'
import type { Redis, RedisAddress } from '../store/redis.ts'

const notice = z.object({ type: z.literal('workers.changed'), service: z.enum(services) })

/** What the live bus carries. It may be lost: whoever listens only gets to know sooner. */
export type Notice = z.infer<typeof notice>

/** Tells whoever is listening now. Never rejects. */
export function tell(redis: Redis, what: Notice): Promise<void> {
  return tellIn(redis, busChannel(), JSON.stringify(what))
}

/** Listens to the bus on a connection of its own, until `close`. */
export function listenToBus(address: RedisAddress, health: Health, hear: (what: Notice) => void): { close(): void } {
  return listenTo(address, [busChannel()], health, {
    name: 'bus',
    hear: (_channel, text) => {
      const parsed = notice.safeParse(parseJson(text))
      if (parsed.success) hear(parsed.data)
    },
  })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
