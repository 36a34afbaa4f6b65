import type { Config } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import type { Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import type { Database } from '../../shared/store/database.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountFind } from '../../shared/web/ops-find.ts'
import { alertEndpoints } from './alerts/api.ts'
import { pruneAlerts } from './alerts/prune-alerts.ts'
import { serveAlerts } from './alerts/serve-alerts.ts'
import { startTellingAlerts } from './alerts/tell-alerts.ts'
import { type Client, openNotification } from './db.ts'
import { pruneDeletedMailboxes } from './deleted-mailboxes.ts'
import { findMails } from './find-mails.ts'
import { createHandlers, smsWebhooksOf } from './handlers.ts'
import { createMailer } from './mailer.ts'
import { mountSms } from './mount-sms.ts'
import { postNews } from './news/post-news.ts'
import { mountSmsDoor } from './sms-door.ts'
import { pruneDues } from './sms-due.ts'
import { pruneReplies, startSweepingSms } from './sweep-sms.ts'
import { connectTexter } from './texter.ts'

/**
 * The notification service writes to customers: by mail what becomes of orders and accounts, and what they wait for, by SMS what
 * has to be quick. It has the news of the shop, too.
 */
export function start(config: Config): Promise<Running> {
  return startService('notification', config, openNotification, (db, log, health) => {
    const mailer = createMailer(config.SMTP_URL, log)
    const texter = connectTexter(config, log)
    const door = { token: config.SMS_TOKEN, base: smsWebhooksOf(config), log }
    const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
    const forwarder = createForwarder('notification', addressesOf(config), log)
    return {
      port: config.NOTIFICATION_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      outside: { perSecond: config.MAIL_RATE },
      aside: { perSecond: config.SMS_RATE },
      handlers: createHandlers(config, { read: db.read, mailer, texter }),
      mount: (app, { producer: { publish } }) => {
        const page = serveAlerts(app)
        const endpoints = [...alertEndpoints({ config, read: db.read, publish, page, log }), postNews({ publish, log })]
        mountSmsDoor(app, { ...door, publish })
        mountEndpoints(app, endpoints, { admin: guard.require })
        describeApi(app, endpoints)
      },
      mountOps: (app) => {
        mountFind(app, findMails(db.read))
        mountSms(app, db.read)
      },
      loops: ({ producer: { publish } }) => [
        startSweepingSms(health, { db, publish, texter }),
        startTellingAlerts(health, { read: db.read, publish }),
        ...pruning(db, health),
      ],
      forward: forwarder.forward,
      beforeClose: forwarder.stop,
      afterClose: mailer.close,
    }
  })
}

function pruning(db: Database<Client>, health: Health): Loop[] {
  return [
    startPruning('alerts.prune', db, health, pruneAlerts),
    startPruning('deleted.prune', db, health, pruneDeletedMailboxes),
    startPruning('replies.prune', db, health, pruneReplies),
    startPruning('sms.due.prune', db, health, pruneDues),
  ]
}

await runAsMain(import.meta.url, 'notification', start)
