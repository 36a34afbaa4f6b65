import type { Config } from '../../shared/config.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { mountFind } from '../../shared/web/ops-find.ts'
import { callOffPayment } from './call-off.ts'
import { startClosing } from './close-overdue.ts'
import { openPayment } from './db.ts'
import { findPayments } from './find-payments.ts'
import { gatewayLimits } from './gateway-limits.ts'
import { hearGateway } from './hear-gateway.ts'
import { refundPart } from './refund-part.ts'
import { connectStripe } from './stripe.ts'
import { startSweeping } from './sweep-gateway.ts'
import { takeTender } from './take-tender.ts'
import { pruneTold } from './told.ts'
import { mountWebhookDoor } from './webhook-door.ts'

/** The payment service offers what customers pay with to the gateway, and hears from it what became of that. */
export function start(config: Config): Promise<Running> {
  return startService('payment', config, openPayment, (db, log, health) => {
    const gateway = connectStripe(config, log)
    return {
      port: config.PAYMENT_PORT,
      outside: gatewayLimits(config),
      handlers: (publish) => {
        const take = takeTender(publish, gateway, log)
        const callOff = callOffPayment(publish, gateway)
        return {
          'stock.reserved': take,
          'order.tendered': take,
          'order.cancelled': callOff,
          'order.expired': callOff,
          'order.refundAsked': refundPart(db.read, gateway),
          'gateway.told': hearGateway({ read: db.read, gateway, log }),
        }
      },
      mount: (app, { producer: { publish } }) =>
        mountWebhookDoor(app, { publish, secrets: config.STRIPE_WEBHOOK_SECRET, log }),
      mountOps: (app) => mountFind(app, findPayments({ read: db.read, gateway })),
      loops: ({ producer: { publish } }) => [
        startClosing(health, { db, publish }),
        ...(config.STRIPE_SECRET_KEY === undefined ? [] : [startSweeping(health, { db, publish, gateway })]),
        startPruning('told.prune', db, health, pruneTold),
      ],
    }
  })
}

await runAsMain(import.meta.url, 'payment', start)
