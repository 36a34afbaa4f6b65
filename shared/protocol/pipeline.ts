import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { Handler, Handlers, Limits } from '../handler.ts'
import type { Health } from '../health.ts'
import { asideOf, type EventName, type Queue, type Service } from '../routes.ts'
import type { Shards } from '../shards.ts'
import type { Database, Sql } from '../store/database.ts'
import { identityOf } from '../store/meta.ts'
import { connectCommands, type Redis, type RedisAddress } from '../store/redis.ts'
import { claimQueue, ForeignQueue } from './claim.ts'
import type { Publish } from './outbox.ts'
import { openPaces, type Paces } from './paces.ts'
import { openPause, type Pause } from './pause.ts'
import { type Producer, startProducer } from './producer.ts'
import { createShopClock } from './shop-clock.ts'
import { createStamps, latestStamp } from './stamps.ts'
import { startWorker, type Worker } from './worker.ts'

/** One service's end of the pipeline, running: it sends through `publish` and receives with its handlers. */
export type Pipeline<Client> = {
  service: Service
  redis: Redis
  producer: Producer<Client>
  worker: Worker
  paces: Paces
  pause: Pause
  stop(): Promise<void>
}

/**
 * Connects a service to the pipeline. `handlers` is made with `publish` in hand, for a handler may note in a
 * transaction of its own what it is about to do outside.
 */
export async function startPipeline<S extends Service, Client extends Sql>(parts: {
  service: S
  address: RedisAddress
  db: Database<Client>
  health: Health
  handlers: (publish: Publish<Client>) => Handlers<S, Client>
  outside?: Limits | undefined
  aside?: Limits | undefined
  shards?: Shards
}): Promise<Pipeline<Client>> {
  const { service, address, db, health, shards = {} } = parts
  const { redis, stamps, databaseId, claim, keeping } = await connect(parts)
  const paces = await openPaces(limitsByList(service, parts), { db, health })
  const pause = await openPause({ db, health })
  const ways = { service, address, redis, db, stamps, health }
  const producer = await startProducer({ ...ways, shards })
  const { publish, onDisk } = producer
  const handlers: Partial<Record<EventName, Handler<EventName, Client, unknown>>> = parts.handlers(publish)
  const told = { limitsOf: paces.limitsOf, pausedSince: pause.since, shards: shards[service] ?? 1 }
  const worker = startWorker({ ...ways, ...told, databaseId, claim, handlers, onDisk, publish })
  const following = [keeping, paces.follow(worker.setPace), pause.follow()]
  const stop = async () => {
    await Promise.all(following.map((loop) => loop.stop()))
    await worker.stop()
    await producer.stop()
    await redis.quit().catch(() => redis.disconnect())
  }
  return { service, redis, producer, worker, paces, pause, stop }
}

type Connecting = { service: Service; address: RedisAddress; db: Database<Sql>; health: Health }

/** To Redis, where the queue is claimed and the shop's time is asked for; without it as long as it is away. */
async function connect({ service, address, db, health }: Connecting) {
  const lastStamp = await latestStamp(db.read)
  const redis = connectCommands(address, health)
  const contact = isReachable(redis) // listened for at once: what comes while the database is read is not told again
  const clock = createShopClock(redis)
  const stamps = createStamps(lastStamp, clock.now, clock.heed)
  const databaseId = await identityOf(db)
  const claim = () => claimQueue(redis, service, databaseId)
  if (await contact) await claim().catch((error) => leaveIfForeign(redis, error))
  await clock.ask().catch(() => {}) // it is asked again as soon as Redis is there
  const keeping = clock.keep(health)
  redis.on('ready', keeping.nudge) // before anybody else asks for room to push into
  return { redis, stamps, databaseId, claim, keeping }
}

type Outside = { outside?: Limits | undefined; aside?: Limits | undefined }

function limitsByList(service: Service, { outside, aside }: Outside): Map<Queue, Limits> {
  const own: [Queue, Limits][] = outside === undefined ? [] : [[service, outside]]
  const others = aside === undefined ? [] : asideOf(service).map((list): [Queue, Limits] => [list, aside])
  return new Map([...own, ...others])
}

const FIRST_CONTACT_MS = 1_000

/** Whether Redis answers at the start; a service starts without it, too. */
async function isReachable(redis: Redis): Promise<boolean> {
  await Promise.race([once(redis, 'ready').catch(() => {}), delay(FIRST_CONTACT_MS, undefined, { ref: false })])
  return redis.status === 'ready'
}

/** What Redis refuses now, a full one or a replica, is no reason not to start: with each beat it is tried again. */
function leaveIfForeign(redis: Redis, error: unknown): void {
  if (!(error instanceof ForeignQueue)) return
  redis.disconnect()
  throw error
}
