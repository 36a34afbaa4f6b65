import { openOrders } from '../../services/order/db.ts'
import type { Emitted } from '../../shared/events.ts'
import { createHealth } from '../../shared/health.ts'
import { queueKey } from '../../shared/keys.ts'
import { createLogger } from '../../shared/logger.ts'
import { createOutbox } from '../../shared/protocol/outbox.ts'
import { startProducer } from '../../shared/protocol/producer.ts'
import { createStamps } from '../../shared/protocol/stamps.ts'
import { WINDOW } from '../../shared/protocol/window-size.ts'
import { queuesOf, type Service } from '../../shared/routes.ts'
import type { Place } from '../../shared/store/place.ts'
import { openQueues as openBee } from '../peers/bee-queues.ts'
import { openQueues as openBullmq } from '../peers/bullmq-queues.ts'
import { openQueues as openGraphile } from '../peers/graphile-queues.ts'
import { openQueues as openPgBoss } from '../peers/pg-boss-queues.ts'
import { openQueues as openTutorial } from '../peers/tutorial-queues.ts'
import { placeOrders, sendingAfter } from './orders.ts'
import { PREFIX, whenListsHold, withRedis } from './redis.ts'

/** One way to run the shop: which scripts, and how orders get in front of them while they do not work. */
export type Way = {
  name: string
  /** The script of a service, as seen from the compiled `bench` folder. */
  script(service: Service): string
  /** Books so many orders and leaves `order.placed` waiting for its receivers. */
  fill(place: Place, redisUrl: string, orders: number): Promise<void>
}

/** All waits on disk. */
const windowOf = () => ({ isOpen: () => false, close: () => {}, send: async () => {} })

/** Ours: into the books and the outbox in one transaction, and from there to the lists, as much as they hold. */
export const ours: Way = {
  name: 'Orderline',
  script: (service) => `ours/${service}.js`,
  fill: (place, redisUrl, orders) =>
    withRedis(redisUrl, async (redis) => {
      await placeOrders(place, orders, (db) => createOutbox({ db, stamps: createStamps(), windowOf, onRows: () => {} }))
      const db = await openOrders(place)
      const health = createHealth(createLogger('bench', 'silent'))
      const address = { url: redisUrl, prefix: `${PREFIX}:` }
      const producer = await startProducer({ service: 'order', address, redis, db, stamps: createStamps(), health })
      await whenListsHold(redis, queuesOf('order.placed').map(queueKey), Math.min(orders, WINDOW))
      await producer.stop()
      await db.close()
    }),
}

export const bullmq: Way = {
  name: 'BullMQ + Prisma',
  script: (service) => (service === 'order' ? 'peers/bullmq-order.js' : 'peers/bullmq-service.js'),
  fill: filling(openBullmq),
}

export const bee: Way = {
  name: 'Bee-Queue + Prisma',
  script: () => 'peers/bee-service.js',
  fill: filling(openBee),
}

export const tutorial: Way = {
  name: 'the tutorial’s loop + Prisma',
  script: () => 'peers/tutorial-service.js',
  fill: filling((url) => {
    const { publish, close } = openTutorial(url)
    return { publishAll: async (events) => void (await Promise.all(events.map(publish))), close }
  }),
}

/** pg-boss, its jobs in the same PostgreSQL. */
export const pgBoss: Way = {
  name: 'pg-boss',
  script: () => 'peers/pg-boss-service.js',
  fill: filling((_, url) => openPgBoss(url)),
}

/** graphile-worker, its jobs in the same PostgreSQL. */
export const graphile: Way = {
  name: 'graphile-worker',
  script: () => 'peers/graphile-service.js',
  fill: filling((_, url) => openGraphile(url)),
}

type Queues = { publishAll(events: Emitted[]): Promise<void>; close(): Promise<void> }
type Open = (redisUrl: string, place: Place) => Queues | Promise<Queues>

function filling(open: Open): Way['fill'] {
  return async (place, redisUrl, orders) => {
    const queues = await open(redisUrl, place)
    await placeOrders(place, orders, (db) => sendingAfter(db, queues.publishAll))
    await queues.close()
  }
}
