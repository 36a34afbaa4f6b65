import { capturePayment } from '../../services/payment/capture-payment.ts'
import { openPayment } from '../../services/payment/db.ts'
import { refundPayment } from '../../services/payment/refund-payment.ts'
import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import type { Running } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { gatewayOf } from '../pipeline/outside.ts'
import { serveService } from './serve-service.ts'

/** The payment service as its main.ts wires it, except for the gateway, and without the pages for operators. */
async function start(config: Config): Promise<Running> {
  const log = createLogger('payment', config.LOG_LEVEL)
  const gateway = gatewayOf(config)
  const db = await openPayment(config.DATA_DIR)
  const pipeline = await startPipeline({
    service: 'payment',
    address: redisAddressOf(config),
    db,
    health: createHealth(log),
    handlers: (publish) => ({
      'stock.reserved': capturePayment(publish, gateway, log),
      'order.cancelled': refundPayment(publish, gateway),
    }),
  })
  const stop = async () => {
    await pipeline.stop()
    await db.close()
  }
  return { url: '', stop }
}

serveService(start)
