import type { Config } from '../../shared/config.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openNotification } from './db.ts'
import { createHandlers, smsWebhooksOf } from './handlers.ts'
import { createMailer } from './mailer.ts'
import { mountSmsDoor } from './sms-door.ts'
import { pruneDues } from './sms-due.ts'
import { pruneReplies, startSweepingSms } from './sweep-sms.ts'
import { connectTexter } from './texter.ts'

/** The notification service writes to customers: by mail what becomes of orders and accounts, by SMS what has to be quick. */
export function start(config: Config): Promise<Running> {
  return startService('notification', config, openNotification, (db, log, health) => {
    const mailer = createMailer(config.SMTP_URL, log)
    const texter = connectTexter(config, log)
    const door = { token: config.SMS_TOKEN, base: smsWebhooksOf(config), log }
    return {
      port: config.NOTIFICATION_PORT,
      outside: { perSecond: config.MAIL_RATE },
      aside: { perSecond: config.SMS_RATE },
      handlers: createHandlers(config, { read: db.read, mailer, texter }),
      mount: (app, { producer: { publish } }) => mountSmsDoor(app, { ...door, publish }),
      loops: ({ producer: { publish } }) => [
        startSweepingSms(health, { db, publish, texter }),
        startPruning('replies.prune', db, health, pruneReplies),
        startPruning('sms.due.prune', db, health, pruneDues),
      ],
      afterClose: mailer.close,
    }
  })
}

await runAsMain(import.meta.url, 'notification', start)
