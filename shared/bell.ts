import { setTimeout as delay } from 'node:timers/promises'
import { listenTo, tellIn } from './channels.ts'
import type { Health } from './health.ts'
import { bellChannel } from './keys.ts'
import type { Service } from './routes.ts'
import type { Redis, RedisAddress } from './store/redis.ts'

const RING_MS = 20 // many commits share one ring

/** Tells that something is new at a service, and never what: that is read where it stands. */
export type Bell = { ring(): void }

/** The bell of a service, rung at once and then at most every 20 ms. A ring may be lost: whoever listens looks each second anyway. */
export function createBell(service: Service, redis: Pick<Redis, 'publish' | 'options'>): Bell {
  const channel = bellChannel(service)
  let isResting = false
  let isWanted = false
  const ring = () => {
    if (isResting) {
      isWanted = true
      return
    }
    isResting = true
    isWanted = false
    void tellIn(redis, channel, '')
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
  const byChannel = new Map(services.map((service) => [bellChannel(service), service]))
  return listenTo(address, [...byChannel.keys()], health, {
    name: 'bells',
    hear: (channel) => {
      const service = byChannel.get(channel)
      if (service !== undefined) hear(service)
    },
    ready: () => services.forEach(hear),
  })
}
