import { callOffPayment } from '../../services/payment/call-off.ts'
import { openPayment } from '../../services/payment/db.ts'
import { hearGateway } from '../../services/payment/hear-gateway.ts'
import { refundPart } from '../../services/payment/refund-part.ts'
import { takeTender } from '../../services/payment/take-tender.ts'
import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import type { Running } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { placeOf } from '../../shared/store/place.ts'
import { gatewayOf } from '../pipeline/outside.ts'
import { serveService } from './serve-service.ts'

/** The payment service as its main.ts wires it, except for the gateway, without its door and what it does by itself. */
async function start(config: Config): Promise<Running> {
  const log = createLogger('payment', config.LOG_LEVEL)
  const gateway = gatewayOf(config)
  const db = await openPayment(placeOf(config))
  const pipeline = await startPipeline({
    service: 'payment',
    address: redisAddressOf(config),
    db,
    health: createHealth(log),
    handlers: (publish) => ({
      'stock.reserved': takeTender(publish, gateway, log),
      'order.tendered': takeTender(publish, gateway, log),
      'order.cancelled': callOffPayment(publish, gateway),
      'order.expired': callOffPayment(publish, gateway),
      'order.refundAsked': refundPart(db.read, gateway),
      'gateway.told': hearGateway({ read: db.read, gateway, log }),
    }),
  })
  const stop = async () => {
    await pipeline.stop()
    await db.close()
  }
  return { url: '', stop }
}

serveService(start)
