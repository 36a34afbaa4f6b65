import type { Config } from '../../shared/config.ts'
import { every } from '../../shared/every.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { createMetrics } from '../../shared/web/metrics.ts'
import { mountOps, requireToken } from '../../shared/web/ops.ts'
import { endpointsOf } from './api.ts'
import { openOrders } from './db.ts'
import { hearResults } from './hear-results.ts'
import { createPages } from './pages/pages.ts'
import { readPriceList } from './price-list.ts'
import { pruneKeys } from './stored-keys.ts'
import { createFeed, tellingCommits } from './timeline-feed.ts'

const PRUNE_MS = 60_000

/** Starts the order service: it takes orders, tells the others, and keeps each order's story. */
export async function start(config: Config): Promise<Running> {
  const { ADMIN_TOKEN: adminToken, REDIS_URL: redisUrl } = config
  const log = createLogger('order', config.LOG_LEVEL)
  const file = await openOrders(config.DATA_DIR)
  const feed = createFeed(file.read, log)
  const db = tellingCommits(file, feed.nudge)
  const prices = await readPriceList(db.read)
  const pipeline = startPipeline({
    service: 'order',
    redisUrl,
    db,
    log,
    handlers: () => hearResults(log),
    facts: FACTS,
  })
  const pruning = every(PRUNE_MS, 'keys.prune', log, async () => {
    await db.write((tx) => pruneKeys(tx, Date.now()))
  })
  const metrics = createMetrics('order', pipeline, db.read)
  const pages = createPages({ config, db, pipeline, log })
  const endpoints = [...endpointsOf({ db, pipeline, feed, prices, adminToken, log }), ...pages.endpoints]
  const app = createApp(log, (routes) => {
    mountEndpoints(routes, endpoints, requireToken(adminToken))
    pages.mount(routes) // before the index, which is for machines
    describeApi(routes, endpoints)
    mountOps(routes, { db, pipeline, metrics, adminToken })
  })
  const server = await listen(app, config.PORT, config.HOST)
  pipeline.worker.announce(server.url)
  return {
    url: server.url,
    stop: async () => {
      await pages.stop()
      await feed.stop()
      await server.close() // first, so that what is still being placed is pushed, too
      await pruning.stop()
      await pipeline.stop()
      await db.close()
    },
  }
}

// A result may come too late to change the order, so these say what was heard and not what the order is now.
const FACTS = {
  'stock.reserved': 'reservation.noted',
  'stock.rejected': 'rejection.noted',
  'payment.captured': 'capture.noted',
  'payment.declined': 'decline.noted',
  'payment.refunded': 'refund.noted',
}

await runAsMain(import.meta.url, 'order', start)
