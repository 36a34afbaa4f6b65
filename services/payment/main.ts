import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { capturePayment } from './capture-payment.ts'
import { openPayment } from './db.ts'
import { gatewayLimits } from './gateway-limits.ts'
import { refundPayment } from './refund-payment.ts'
import { connectStripe } from './stripe.ts'

const todo = { apply: async () => {} }

/** The payment service charges for reserved orders and refunds cancelled ones. */
export function start(config: Config): Promise<Running> {
  const gateway = connectStripe(config.STRIPE_SECRET_KEY, config.STRIPE_API_BASE)
  return startService('payment', config, openPayment, (_db, log) => ({
    outside: gatewayLimits(config),
    handlers: (publish) => ({
      'stock.reserved': capturePayment(publish, gateway, log),
      'order.cancelled': refundPayment(publish, gateway),
      'order.tendered': todo,
      'order.expired': todo,
      'order.refundAsked': todo,
      'gateway.told': todo,
    }),
  }))
}

await runAsMain(import.meta.url, 'payment', start)
