import type { Config } from '../../shared/config.ts'
import { every } from '../../shared/every.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { requireToken } from '../../shared/web/ops.ts'
import { endpointsOf } from './api.ts'
import { openOrders } from './db.ts'
import { hearResults } from './hear-results.ts'
import { createPages } from './pages/pages.ts'
import { readPriceList } from './price-list.ts'
import { pruneKeys } from './stored-keys.ts'
import { createFeed } from './timeline-feed.ts'

const PRUNE_MS = 60_000

/** The order service takes orders, tells the others, and keeps each order's story. */
export function start(config: Config): Promise<Running> {
  const { ADMIN_TOKEN: adminToken, PORT: port } = config
  return startService('order', config, openOrders, async (db, log) => {
    const prices = await readPriceList(db.read)
    const feed = createFeed(db.read, log)
    const pages = createPages({ config, read: db.read, log })
    db.onCommit(feed.nudge)
    return {
      port,
      handlers: () => hearResults(log),
      mount: (app, pipeline) => {
        const own = endpointsOf({ db, pipeline, feed, prices, adminToken, log })
        const endpoints = [...own, ...pages.endpointsFor(pipeline.redis)]
        mountEndpoints(app, endpoints, requireToken(adminToken))
        pages.mount(app) // before the index, which is for machines
        describeApi(app, endpoints)
      },
      loops: () => [
        every(PRUNE_MS, 'keys.prune', log, async () => {
          await db.write((tx) => pruneKeys(tx, Date.now()))
        }),
      ],
      beforeClose: async () => {
        await pages.stop()
        await feed.stop()
      },
    }
  })
}

await runAsMain(import.meta.url, 'order', start)
