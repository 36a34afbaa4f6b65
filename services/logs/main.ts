import { join } from 'node:path'
import { type Config, logsFolderOf } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { endpointsOf } from './api.ts'
import { startArchiving } from './archive-loop.ts'
import { countErrors } from './count-errors.ts'
import { openLogs } from './db.ts'
import { diskIn } from './disk.ts'
import { findingAnomalies } from './find-anomalies.ts'
import { forgetLines, forgetRuns } from './forget-lines.ts'
import { forgetProgress, forgetSums } from './forget-sums.ts'
import { keepLines } from './keep-lines.ts'
import { createLineFeed } from './line-feed.ts'
import { mountLines } from './mount-lines.ts'
import { mountStory } from './mount-story.ts'
import { noteProgress } from './progress.ts'
import { countLines } from './rollups.ts'
import { serveLogs } from './serve-logs.ts'
import { createShipping } from './ship-loop.ts'
import { tellingHoles } from './tell-holes.ts'

const MB = 1024 * 1024
const PARTS = 8 // of all that is kept: so much of it goes at once

/** The logs service collects what all programs write down, keeps it, and says what it tells. */
export function start(config: Config): Promise<Running> {
  const folder = join(config.DATA_DIR, 'logs', 'archive')
  const logs = logsFolderOf(config)
  const disk = config.DATABASE_URL === undefined ? null : diskIn(logs)
  const maxBytes = config.LOGS_MAX_MB * MB
  const kept = { maxBytes, days: config.LOGS_DAYS, archiveDays: config.LOGS_ARCHIVE_DAYS }
  const partBytes = maxBytes / PARTS
  const follow = [countLines, noteProgress, countErrors]
  return startService('logs', config, openLogs, (db, log, health) => {
    const { read } = db
    const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
    const forwarder = createForwarder('logs', addressesOf(config), log)
    const shipping = createShipping({ folder: logs, disk, db, health })
    const feed = createLineFeed(read, health)
    return {
      port: config.LOGS_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      handlers: () => ({ 'log.collected': keepLines({ log, partBytes, follow }) }),
      figures: shipping.figures,
      mount: (app, { redis }) => {
        const ask = createAsk({ redis, told: { order: config.ORDER_URL }, secret: config.CALL_SECRET, log })
        const endpoints = endpointsOf({ read, feed, ask })
        mountEndpoints(app, endpoints, { admin: guard.require })
        mountOpenDoor(app, { config, guard, log })
        serveLogs(app)
        describeApi(app, endpoints)
      },
      mountOps: (app) => {
        mountLines(app, read)
        mountStory(app, read)
      },
      loops: ({ producer }) => [
        shipping.start(producer.publish),
        startArchiving({ folder, db, health, kept, partBytes }),
        findingAnomalies(health, { db, log }),
        tellingHoles(health, { db, log }),
        startPruning('lines.forget', db, health, forgetLines(kept)),
        startPruning('runs.forget', db, health, forgetRuns(kept)),
        startPruning('sums.forget', db, health, forgetSums),
        startPruning('progress.forget', db, health, forgetProgress(kept)),
      ],
      forward: forwarder.forward,
      beforeClose: async () => {
        forwarder.stop()
        await feed.stop()
      },
    }
  })
}

await runAsMain(import.meta.url, 'logs', start)
