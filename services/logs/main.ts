import type { Config } from '../../shared/config.ts'
import { type Running, runAsMain, startService } from '../../shared/service.ts'
import { openLogs } from './db.ts'

/** The logs service collects what all programs write down, keeps it, and says what it tells. */
export function start(config: Config): Promise<Running> {
  return startService('logs', config, openLogs, () => ({
    port: config.LOGS_PORT,
    handlers: () => ({
      'log.collected': { says: 'lines.kept', async apply() {} },
    }),
  }))
}

await runAsMain(import.meta.url, 'logs', start)
