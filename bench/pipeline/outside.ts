import { createMailer, type Mailer } from '../../services/notification/mailer.ts'
import { createOrderNames, type OrderNames } from '../../services/notification/order-names.ts'
import type { Gateway } from '../../services/payment/gateway.ts'
import { connectStripe } from '../../services/payment/stripe.ts'
import type { Config } from '../../shared/config.ts'
import { createLogger, type Logger } from '../../shared/logger.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'

/** The gateway simulator where there is one, or else a gateway that takes every card and needs no time. */
export function gatewayOf(config: Config): Gateway {
  const log = createLogger('payment', config.LOG_LEVEL)
  if (config.STRIPE_API_BASE !== undefined) return connectStripe(config, log)
  return {
    ...connectStripe({ ...config, STRIPE_SECRET_KEY: undefined }, log), // no contest asks for anything else
    charge: async ({ orderId }) => {
      const intent = { id: `pi_${orderId}`, status: 'captured' as const, reason: null, url: null }
      return { intent, page: null, refusal: null }
    },
  }
}

/** The mailbox simulator where there is one, or else a mail server that takes every mail and drops it. */
export function mailerOf({ SMTP_URL: smtpUrl, MAILBOX_URL: mailboxUrl }: Config, log: Logger): Mailer {
  return mailboxUrl === undefined ? { send: async () => {}, close: () => {} } : createMailer(smtpUrl, log)
}

/** What mails call orders by, as the shop's own do. */
export function namesOf({ ORDER_KEY_SECRET: secret, SEAL_SECRET: seal = '', SHOP_URL: shopUrl }: Config): OrderNames {
  return createOrderNames(createOrderKeys(secret), createUnsubscribe(seal), shopUrl)
}
