import { join } from 'node:path'
import { type Config, logsFolderOf } from '../../shared/config.ts'
import { addressesOf } from '../../shared/doors.ts'
import type { Loop } from '../../shared/every.ts'
import type { Health } from '../../shared/health.ts'
import type { Logger } from '../../shared/logger.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import type { Database } from '../../shared/store/database.ts'
import { createGuard } from '../../shared/web/admin-guard.ts'
import { createAsk } from '../../shared/web/ask-service.ts'
import { describeApi } from '../../shared/web/describe-api.ts'
import { mountEndpoints } from '../../shared/web/endpoint.ts'
import { createForwarder } from '../../shared/web/forward.ts'
import { mountOpenDoor } from '../../shared/web/open-door.ts'
import { endpointsOf } from './api.ts'
import { startArchiving } from './archive-loop.ts'
import { countErrors } from './count-errors.ts'
import { type Client, openLogs } from './db.ts'
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
  const kept = keptBy(config)
  const follow = [countLines, noteProgress, countErrors]
  return startService('logs', config, openLogs, (db, log, health) => {
    const { read } = db
    const guard = createGuard({ adminToken: config.ADMIN_TOKEN, log })
    const forwarder = createForwarder('logs', addressesOf(config), log)
    const shipping = createShipping({ ...filesOf(config), db, health })
    const feed = createLineFeed(read, health)
    return {
      port: config.LOGS_PORT,
      neighbours: [config.ORDER_URL, config.CONTROL_URL],
      handlers: () => ({ 'log.collected': keepLines({ log, partBytes: kept.partBytes, follow }) }),
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
      loops: ({ producer }) => [shipping.start(producer.publish), ...loopsOf(kept, { db, log, health })],
      forward: forwarder.forward,
      beforeClose: async () => {
        forwarder.stop()
        await feed.stop()
      },
    }
  })
}

type Kept = ReturnType<typeof keptBy>

/** How much is kept, for how long, and where what is older goes. */
function keptBy({ LOGS_MAX_MB: maxMb, LOGS_DAYS: days, LOGS_ARCHIVE_DAYS: archiveDays, DATA_DIR: dataDir }: Config) {
  const maxBytes = maxMb * MB
  return { maxBytes, days, archiveDays, partBytes: maxBytes / PARTS, folder: join(dataDir, 'logs', 'archive') }
}

/** Where the files are that are read. */
function filesOf(config: Config) {
  const folder = logsFolderOf(config)
  return { folder, disk: config.DATABASE_URL === undefined ? null : diskIn(folder) }
}

type Given = { db: Database<Client>; log: Logger; health: Health }

/** What is old is put away, what is older forgotten; what is odd is told. */
function loopsOf(kept: Kept, { db, log, health }: Given): Loop[] {
  const { folder, partBytes } = kept
  return [
    startArchiving({ folder, db, health, kept, partBytes }),
    findingAnomalies(health, { db, log }),
    tellingHoles(health, { db, log }),
    startPruning('lines.forget', db, health, forgetLines(kept)),
    startPruning('runs.forget', db, health, forgetRuns(kept)),
    startPruning('sums.forget', db, health, forgetSums),
    startPruning('progress.forget', db, health, forgetProgress(kept)),
  ]
}

await runAsMain(import.meta.url, 'logs', start)
