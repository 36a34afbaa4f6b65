import { join } from 'node:path'
import { type Config, logsFolderOf } from '../../shared/config.ts'
import { startPruning } from '../../shared/protocol/prune.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { startArchiving } from './archive-loop.ts'
import { openLogs } from './db.ts'
import { forgetLines, forgetRuns } from './forget-lines.ts'
import { keepLines } from './keep-lines.ts'
import { createShipping } from './ship-loop.ts'

const MB = 1024 * 1024
const PARTS = 8 // of all that is kept: so much of it goes at once

/** The logs service collects what all programs write down, keeps it, and says what it tells. */
export function start(config: Config): Promise<Running> {
  const folder = join(config.DATA_DIR, 'logs', 'archive')
  const maxBytes = config.LOGS_MAX_MB * MB
  const kept = { maxBytes, days: config.LOGS_DAYS, archiveDays: config.LOGS_ARCHIVE_DAYS }
  const partBytes = maxBytes / PARTS
  return startService('logs', config, openLogs, (db, log, health) => {
    const shipping = createShipping({ folder: logsFolderOf(config), db, health })
    return {
      port: config.LOGS_PORT,
      handlers: () => ({ 'log.collected': keepLines({ log, partBytes, follow: [] }) }),
      figures: shipping.figures,
      loops: ({ producer }) => [
        shipping.start(producer.publish),
        startArchiving({ folder, db, health, kept, partBytes }),
        startPruning('lines.forget', db, health, forgetLines(kept)),
        startPruning('runs.forget', db, health, forgetRuns(kept)),
      ],
    }
  })
}

await runAsMain(import.meta.url, 'logs', start)
