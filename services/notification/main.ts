import type { Config } from '../../shared/config.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import { type Running, runAsMain } from '../../shared/service.ts'
import { createApp, listen } from '../../shared/web/http.ts'
import { createMetrics } from '../../shared/web/metrics.ts'
import { mountOps } from '../../shared/web/ops.ts'
import { openNotification } from './db.ts'
import { createMailer } from './mailer.ts'
import { sendMails } from './send-mail.ts'

/** Starts the notification service: it mails the customer what becomes of the order. */
export async function start(config: Config): Promise<Running> {
  const log = createLogger('notification', config.LOG_LEVEL)
  const mailer = createMailer(config.SMTP_URL, log)
  const db = await openNotification(config.DATA_DIR)
  const pipeline = startPipeline({
    service: 'notification',
    redisUrl: config.REDIS_URL,
    db,
    log,
    handlers: (publish) => sendMails({ read: db.read, publish, mailer }),
    facts: FACTS,
  })
  const metrics = createMetrics('notification', pipeline, db.read)
  const app = createApp(log, (routes) => mountOps(routes, { db, pipeline, metrics, adminToken: config.ADMIN_TOKEN }))
  const server = await listen(app, config.OPS_PORT, config.HOST)
  pipeline.worker.announce(server.url)
  return {
    url: server.url,
    stop: async () => {
      await pipeline.stop()
      mailer.close()
      await server.close()
      await db.close()
    },
  }
}

const FACTS = {
  'order.placed': 'mail.sent',
  'stock.rejected': 'mail.sent',
  'payment.captured': 'mail.sent',
  'payment.declined': 'mail.sent',
  'order.cancelled': 'mail.sent',
  'payment.refunded': 'mail.sent',
}

await runAsMain(import.meta.url, 'notification', start)
