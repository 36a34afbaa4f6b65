import { randomUUID } from 'node:crypto'
import { CannotStart } from '../../shared/cannot-start.ts'
import type { Config } from '../../shared/config.ts'
import type { Handlers } from '../../shared/handler.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import { createSeal } from '../../shared/sealed.ts'
import { createUnsubscribe } from '../../shared/unsubscribe.ts'
import { createAlertNames } from './alerts/alert-names.ts'
import { createAlertTokens } from './alerts/alert-tokens.ts'
import { hearBack, hearPrices } from './alerts/hear-products.ts'
import { mailAlerts } from './alerts/mail-alerts.ts'
import { createCustomerNames } from './customer-names.ts'
import type { Client } from './db.ts'
import { createDeletedMailboxes } from './deleted-mailboxes.ts'
import { forgetCustomers } from './forget-customer.ts'
import { mailCustomers } from './mail-customers.ts'
import type { Mailer } from './mailer.ts'
import { createOrderNames } from './order-names.ts'
import { keepPreferences } from './preferences.ts'
import { sendMails } from './send-mail.ts'
import { textCustomers } from './text-customers.ts'
import type { Texter } from './texter.ts'

type Deps = { read: Client; mailer: Mailer; texter: Texter | null }
type All = Handlers<'notification', Client>

/** What notification does about each event. Throws `CannotStart` when a secret is missing. */
export function createHandlers(config: Config, { read, mailer, texter }: Deps): (publish: Publish<Client>) => All {
  const keys = createOrderKeys(config.ORDER_KEY_SECRET)
  const secret = sealSecretIn(config)
  const seal = createSeal(secret)
  const orderNames = createOrderNames(keys, createUnsubscribe(secret), config.SHOP_URL)
  const names = createCustomerNames(keys, config.SHOP_URL)
  const alertNames = createAlertNames(keys, createAlertTokens(secret), config.SHOP_URL)
  const deleted = createDeletedMailboxes(secret)
  const callbackFor = (eventId: string) => `${smsWebhooksOf(config)}/status?sms=${eventId}`
  return (publish) => {
    const text = textCustomers({ read, publish, texter, seal, holder: randomUUID(), callbackFor })
    return {
      ...sendMails({ read, publish, mailer, names: orderNames, deleted }),
      ...mailCustomers({ read, mailer, names, seal }),
      'customer.phoneAdded': text,
      'sms.due': text,
      'customer.preferred': keepPreferences,
      'customer.deleted': forgetCustomers(deleted),
      ...mailAlerts({ read, mailer, names: alertNames, seal }),
      'stock.back': hearBack,
      'price.changed': hearPrices,
    }
  }
}

/** Where the SMS gateway finds us: what it signs begins with this. */
export function smsWebhooksOf({ SMS_WEBHOOK_URL: url, SHOP_URL: shop }: Config): string {
  return (url ?? `${shop}/webhooks/sms`).replace(/\/+$/, '')
}

/** The secret that accounts has sealed with, and that our codes and digests are made of. Throws `CannotStart` when there is none. */
export function sealSecretIn({ SEAL_SECRET: secret }: Config): string {
  if (secret !== undefined) return secret
  throw new CannotStart('SEAL_SECRET: is missing; the same as that of accounts, for example from openssl rand -hex 32')
}
