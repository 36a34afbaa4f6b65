import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openLogs } from './db.ts'
import { keepLines } from './keep-lines.ts'

const PART_BYTES = 128 * 1024 * 1024

/** The logs service collects what all programs write down, keeps it, and says what it tells. */
export function start(config: Config): Promise<Running> {
  return startService('logs', config, openLogs, (_db, log) => ({
    port: config.LOGS_PORT,
    handlers: () => ({ 'log.collected': keepLines({ log, partBytes: PART_BYTES, follow: [] }) }),
  }))
}

await runAsMain(import.meta.url, 'logs', start)
