import { openNotification } from '../../services/notification/db.ts'
import { createHandlers } from '../../services/notification/handlers.ts'
import type { Config } from '../../shared/config.ts'
import { createHealth } from '../../shared/health.ts'
import { createLogger } from '../../shared/logger.ts'
import { startPipeline } from '../../shared/protocol/pipeline.ts'
import type { Running } from '../../shared/service.ts'
import { redisAddressOf } from '../../shared/store/corner.ts'
import { placeOf } from '../../shared/store/place.ts'
import { mailerOf } from '../pipeline/outside.ts'
import { serveService } from './serve-service.ts'

/** The notification service as its main.ts wires it, except for the mail server, and without the pages for operators. */
async function start(config: Config): Promise<Running> {
  const log = createLogger('notification', config.LOG_LEVEL)
  const mailer = mailerOf(config, log)
  const db = await openNotification(placeOf(config))
  const pipeline = await startPipeline({
    service: 'notification',
    address: redisAddressOf(config),
    db,
    health: createHealth(log),
    handlers: createHandlers(config, { read: db.read, mailer, texter: null }),
  })
  const stop = async () => {
    await pipeline.stop()
    mailer.close()
    await db.close()
  }
  return { url: '', stop }
}

serveService(start)
