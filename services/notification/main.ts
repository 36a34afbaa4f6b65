import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openNotification } from './db.ts'
import { createMailer } from './mailer.ts'
import { sendMails } from './send-mail.ts'

/** The notification service mails the customer what becomes of the order. */
export function start(config: Config): Promise<Running> {
  return startService('notification', config, openNotification, (db, log) => {
    const mailer = createMailer(config.SMTP_URL, log)
    return {
      handlers: (publish) => sendMails({ read: db.read, publish, mailer }),
      afterClose: mailer.close,
    }
  })
}

await runAsMain(import.meta.url, 'notification', start)
