import { setTimeout as delay } from 'node:timers/promises'
import type { Health } from './health.ts'
import { bellChannel } from './keys.ts'
import type { Service } from './routes.ts'
import { connectSubscriber, type Redis, type RedisAddress } from './store/redis.ts'

const RING_MS = 20 // many commits share one ring

/** Tells that something is new at a service, and never what: that is read where it stands. */
export type Bell = { ring(): void }

/** The bell of a service, rung at once and then at most every 20 ms. A ring may be lost: whoever listens looks each second anyway. */
export function createBell(service: Service, redis: Pick<Redis, 'publish' | 'options'>): Bell {
  const channel = channelOf(service, redis.options.keyPrefix)
  let isResting = false
  let isWanted = false
  const ring = () => {
    if (isResting) {
      isWanted = true
      return
    }
    isResting = true
    isWanted = false
    void redis.publish(channel, '').catch(() => {}) // Redis is away, and the connection says so
    void delay(RING_MS, undefined, { ref: false }).then(() => {
      isResting = false
      if (isWanted) ring()
    })
  }
  return { ring }
}

/** Listens to the bells of some services on a connection of its own, until `close`. `hear` is also called when Redis is back. */
export function listenToBells(
  address: RedisAddress,
  services: readonly Service[],
  health: Health,
  hear: (service: Service) => void,
): { close(): void } {
  const redis = connectSubscriber(address, health)
  const byChannel = new Map(services.map((service) => [channelOf(service, address.prefix), service]))
  redis.on('message', (channel: string) => {
    const service = byChannel.get(channel)
    if (service !== undefined) hear(service)
  })
  redis.on('ready', () => services.forEach(hear)) // what was rung meanwhile nobody has heard
  const listening = health.watch('bells')
  const asked = [...byChannel.keys()].map((channel) => redis.subscribe(channel)) // made again at each reconnect
  Promise.all(asked).then(() => listening.ok(true), listening.failed)
  return { close: () => redis.disconnect() }
}

/** The client puts its prefix before keys, not before channels. */
const channelOf = (service: Service, prefix = '') => `${prefix}${bellChannel(service)}`
