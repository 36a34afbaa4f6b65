import type { Config } from '../../shared/config.ts'
import { createOrderKeys } from '../../shared/order-key.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openNotification } from './db.ts'
import { createMailer } from './mailer.ts'
import { createOrderNames } from './order-names.ts'
import { sendMails } from './send-mail.ts'

/** The notification service mails the customer what becomes of the order. */
export function start(config: Config): Promise<Running> {
  const names = createOrderNames(createOrderKeys(config.ORDER_KEY_SECRET), config.SHOP_URL)
  return startService('notification', config, openNotification, (db, log) => {
    const mailer = createMailer(config.SMTP_URL, log)
    return {
      port: config.NOTIFICATION_PORT,
      outside: { perSecond: config.MAIL_RATE },
      aside: { perSecond: config.SMS_RATE },
      handlers: (publish) => sendMails({ read: db.read, publish, mailer, names }),
      afterClose: mailer.close,
    }
  })
}

await runAsMain(import.meta.url, 'notification', start)
