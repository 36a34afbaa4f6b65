import type { Health } from './health.ts'
import { connectSubscriber, type Redis, type RedisAddress } from './store/redis.ts'

type Listener = {
  /** What health calls it. */
  name: string
  hear(channel: string, text: string): void
  /** It hears, for the first time or again: what was told meanwhile nobody has heard. */
  ready?(): void
}

/** Tells whoever listens to a channel now; while Redis is away nobody, and the connection says so. Never rejects. */
export async function tellIn(redis: Pick<Redis, 'publish' | 'options'>, channel: string, text: string): Promise<void> {
  await redis.publish(inCorner(channel, redis.options.keyPrefix), text).catch(() => {})
}

/** Listens to some channels on a connection of its own, until `close`. */
export function listenTo(
  address: RedisAddress,
  channels: readonly string[],
  health: Health,
  { name, hear, ready = () => {} }: Listener,
): { close(): void } {
  const redis = connectSubscriber(address, health)
  const byName = new Map(channels.map((channel) => [inCorner(channel, address.prefix), channel]))
  redis.on('message', (channel: string, text: string) => hear(byName.get(channel) ?? channel, text))
  const listening = health.watch(name)
  let isClosed = false
  const subscribe = async () => {
    await Promise.all([...byName.keys()].map((channel) => redis.subscribe(channel)))
    listening.ok(true)
    ready()
  }
  redis.on('ready', () => void subscribe().catch((error) => isClosed || listening.failed(error)))
  return {
    close: () => {
      isClosed = true
      redis.disconnect()
    },
  }
}

/** The client puts its prefix before keys, not before channels. */
const inCorner = (channel: string, prefix = '') => `${prefix}${channel}`
