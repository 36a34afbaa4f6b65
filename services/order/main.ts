import { createBell, listenToBells } from '../../shared/bell.ts'
import { type Config, hasLimits, presentIn } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { every, type Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Pipeline } from '../../shared/protocol/pipeline.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import type { Database } from '../../shared/store/database.ts'
import type { Redis } from '../../shared/store/redis.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { describeShop } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import type { Express } from '../../shared/web/http.ts'
import { watchLoop } from '../../shared/web/loop-delay.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { mountFind } from '../../shared/web/ops-find.ts'
import { createDocumentReader } from '../../shared/web/read-documents.ts'
import { createShedding } from '../../shared/web/shed.ts'
import { admitEntries } from './admit-entries.ts'
import { endpointsOf } from './api.ts'
import { createStockReader, type ReadAvailable } from './available-stock.ts'
import { awaitStock } from './await-stock.ts'
import { callingOff, callOffGroups } from './call-off-groups.ts'
import { rememberCustomers } from './customers.ts'
import { type Client, openOrders } from './db.ts'
import { pruneEnded } from './ended-sessions.ts'
import { expiring } from './expire-orders.ts'
import { findOrders } from './find-orders.ts'
import { hearCustomers } from './hear-customers.ts'
import { hearResults } from './hear-results.ts'
import { mountBooks } from './mount-books.ts'
import { createOrderDoor } from './order-door.ts'
import { createOrderLimits } from './order-limits.ts'
import { createOutlook } from './outlook.ts'
import { rememberPrices } from './price-list.ts'
import { sendToSales } from './sale-pages.ts'
import { serveShop } from './serve-shop.ts'
import { pruneKeys } from './stored-keys.ts'
import { mountPeaks } from './tell-peaks.ts'
import { mountTopics } from './tell-topics.ts'
import { createFeed } from './timeline-feed.ts'

const READ_ON_MS = 1_000 // another process of the service may have heard that somebody signed out, or of a price

/** The order service takes orders, tells the others, and keeps each order's story. What others serve it forwards. */
export function start(config: Config): Promise<Running> {
  return startService('order', config, openOrders, async (db, log, health) => {
    const own = await openOwn(config, { db, log, health })
    const { prices, customers, limits, outlook, shedding, forwarder } = own
    return {
      port: config.PORT,
      handlers: () => ({
        ...hearResults(log, limits?.declined),
        ...hearCustomers(log, customers),
        'entry.admitted': admitEntries(prices.list),
        'group.failed': callOffGroups,
      }),
      forward: forwarder.forward,
      awaits: ({ redis }) => awaitStock(own.stockAt(redis), [...prices.list.keys()]),
      mount: (app, pipeline) => mountShop(app, pipeline, own),
      mountOps: (app) => {
        mountBooks(app, db.read)
        mountTopics(app, { read: db.read, customers })
        mountPeaks(app, outlook, shedding)
        mountFind(app, findOrders(db.read))
      },
      figures: () => [...outlook.figures(), ...shedding.figures()],
      loops: (pipeline) => loopsOf(pipeline, own),
      beforeClose: own.close,
    }
  })
}

type Given = { db: Database<Client>; log: Logger; health: Health }
type Own = Awaited<ReturnType<typeof openOwn>>

/** What the parts of the service share. */
async function openOwn(config: Config, { db, log, health }: Given) {
  const prices = await rememberPrices(db.read)
  const customers = await rememberCustomers({ secret: config.SESSION_SECRET, read: db.read, log })
  const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
  const late = watchLoop()
  const outlook = createOutlook()
  const load = () => ({ delayMs: late.ms(), waitMs: outlook.waitMs(), promiseMs: config.PROMISE_MS })
  const feed = createFeed(db.read, health)
  const forwarder = createForwarder('order', addressesOf(config), log)
  const bells = listenToBells(redisAddressOf(config), ['order'], health, feed.nudge) // of other processes of the service
  let reader: ReadAvailable | undefined // one for all: they shall not know different things
  db.onCommit(feed.nudge)
  return {
    ...{ config, db, log, health, prices, customers, guard, outlook, feed, forwarder },
    limits: hasLimits(config) ? createOrderLimits(guard, log) : null,
    shedding: createShedding({ load, log }),
    stockAt: (redis: Redis) => (reader ??= createStockReader(redis)),
    close: async () => {
      late.stop()
      bells.close()
      forwarder.stop()
      await feed.stop()
    },
  }
}

/** What people and their programs come for. */
function mountShop(app: Express, { redis, producer: { publish } }: Pipeline<Client>, own: Own): void {
  const { config, db, log, guard, customers, limits, prices, shedding, stockAt } = own
  const keys = createOrderKeys(config.ORDER_KEY_SECRET)
  db.onCommit(createBell('order', redis).ring)
  const endpoints = endpointsOf({
    ...{ ...own, read: db.read, publish, redis, keys, readAvailable: stockAt(redis) },
    ask: createAsk({ redis, told: { logs: config.LOGS_URL }, secret: config.CALL_SECRET, log }),
    ...{ payWithinMs: config.PAY_WITHIN_MS, mailboxUrl: config.MAILBOX_URL, present: presentIn(config) },
  })
  const order = createOrderDoor({ keys, guard, customers, limits, read: db.read })
  mountEndpoints(app, endpoints, { admin: guard.require, order, customer: customers.require, shedding })
  mountOpenDoor(app, { config, guard, log })
  sendToSales(app, config.SALE_PAGES_URL)
  const pages = serveShop(app, { prices: prices.list, isDemo: config.DEMO }) // before the index, which is for machines
  const others = createDocumentReader('order', addressesOf(config))
  describeShop(app, endpoints, { others, showDocs: pages.around('docs.html') })
}

function loopsOf({ redis, producer: { publish, onDisk } }: Pipeline<Client>, own: Own): Loop[] {
  const { db, log, health, outlook, customers, prices } = own
  return [
    outlook.start({ redis, onDisk, health }),
    startPruning('keys.prune', db, health, pruneKeys),
    startPruning('sessions.prune', db, health, pruneEnded),
    every(READ_ON_MS, 'sessions.ended', health, customers.readOn),
    every(READ_ON_MS, 'prices.changed', health, prices.readOn),
    expiring(health, { publish, read: db.read, log }),
    callingOff(health, { publish, read: db.read }),
  ]
}

await runAsMain(import.meta.url, 'order', start)
