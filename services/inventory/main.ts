import type { Config } from '../../shared/config.ts'
import { every } from '../../shared/every.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { createMetrics } from '../../shared/web/metrics.ts'
import { mountOps } from '../../shared/web/ops.ts'
import { openInventory } from './db.ts'
import { releaseCancelled, releaseDeclined } from './release-stock.ts'
import { reserveStock } from './reserve-stock.ts'
import { mountRestock } from './restock.ts'
import { writeShelfLabels } from './shelf-labels.ts'

const LABELS_MS = 1_000

/** Starts the inventory service: it reserves stock for orders and gives it back. */
export async function start(config: Config): Promise<Running> {
  const log = createLogger('inventory', config.LOG_LEVEL)
  const db = await openInventory(config.DATA_DIR)
  const pipeline = startPipeline({
    service: 'inventory',
    redisUrl: config.REDIS_URL,
    db,
    log,
    handlers: () => ({
      'order.placed': reserveStock,
      'payment.declined': releaseDeclined,
      'order.cancelled': releaseCancelled,
    }),
    facts: { 'payment.declined': 'stock.released', 'order.cancelled': 'stock.released' },
  })
  const labels = every(LABELS_MS, 'shelf.labels', log, () => writeShelfLabels(db, pipeline.redis))
  const metrics = createMetrics('inventory', pipeline, db.read)
  const app = createApp(log, (routes) => {
    mountOps(routes, { db, pipeline, metrics, adminToken: config.ADMIN_TOKEN })
    mountRestock(routes, db)
  })
  const server = await listen(app, config.OPS_PORT, config.HOST)
  pipeline.worker.announce(server.url)
  return {
    url: server.url,
    stop: async () => {
      await labels.stop()
      await pipeline.stop()
      await server.close()
      await db.close()
    },
  }
}

await runAsMain(import.meta.url, 'inventory', start)
