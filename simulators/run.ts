import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { createLogger, type Logger } from '../shared/logger.ts'

const port = z.coerce.number().int().min(0).max(65_535).default(0)
const environment = z.object({
  PORT: port,
  SMTP_PORT: port,
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('data')
    .transform((folder) => resolve(folder)),
})

const CLOSE_MS = 3_000 // what a close may take before the process goes anyway

export type Environment = z.infer<typeof environment>
export type Running = { url: string; smtpUrl?: string; close(): Promise<void> }

/**
 * Runs a stand-in as this process: starts it, logs `ready`, tells a launcher over IPC
 * (`{ type: 'ready', url, smtpUrl? }`), and ends with SIGTERM, Ctrl-C, Ctrl-\ or the launcher itself, so that nothing
 * is left behind a launcher that was killed. Exits with 1 and a log line when it cannot start.
 */
export async function runAlone(
  service: string,
  start: (env: Environment, log: Logger) => Promise<Running>,
): Promise<void> {
  const log = createLogger(service, 'info')
  try {
    const starting = start(environment.parse(process.env), log)
    stopWithLauncher(starting)
    const { close, ...urls } = await starting
    log.info(urls, 'ready')
    process.send?.({ type: 'ready', ...urls })
  } catch (err) {
    log.fatal({ err }, 'cannot start')
    process.exit(1)
  }
}

/** True when `moduleUrl` is the file that node was told to run. */
export function isEntry(moduleUrl: string): boolean {
  const script = process.argv[1]
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl)
}

function stopWithLauncher(starting: Promise<Running>): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), CLOSE_MS).unref()
    const running = await starting
    await running.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.once(signal, stop)
  process.once('disconnect', stop)
}
