import type { Config } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { createMetrics } from '../../shared/web/metrics.ts'
import { mountOps } from '../../shared/web/ops.ts'
import { capturePayment } from './capture-payment.ts'
import { openPayment } from './db.ts'
import { refundPayment } from './refund-payment.ts'
import { connectStripe } from './stripe.ts'

/** Starts the payment service: it charges for reserved orders and refunds cancelled ones. */
export async function start(config: Config): Promise<Running> {
  const log = createLogger('payment', config.LOG_LEVEL)
  const gateway = connectStripe(config.STRIPE_SECRET_KEY, config.STRIPE_API_BASE)
  const db = await openPayment(config.DATA_DIR)
  const pipeline = startPipeline({
    service: 'payment',
    redisUrl: config.REDIS_URL,
    db,
    log,
    handlers: (publish) => ({
      'stock.reserved': capturePayment(publish, gateway),
      'order.cancelled': refundPayment(publish, gateway),
    }),
    facts: { 'stock.reserved': 'charge.skipped', 'order.cancelled': 'nothing.to.refund' },
  })
  const metrics = createMetrics('payment', pipeline, db.read)
  const app = createApp(log, (routes) => mountOps(routes, { db, pipeline, metrics, adminToken: config.ADMIN_TOKEN }))
  const server = await listen(app, config.OPS_PORT, config.HOST)
  pipeline.worker.announce(server.url)
  return {
    url: server.url,
    stop: async () => {
      await pipeline.stop()
      await server.close()
      await db.close()
    },
  }
}

await runAsMain(import.meta.url, 'payment', start)
