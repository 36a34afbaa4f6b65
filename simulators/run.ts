import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Config, readConfig } from '../shared/config.ts'
import { createLogger, type Logger } from '../shared/logger.ts'
import { enterProgram, failStart } from '../shared/start/program.ts'

const CLOSE_MS = 3_000 // what a close may take before the process goes anyway

export type Running = { url: string; smtpUrl?: string } & Closing
type Closing = { close(): Promise<void> }

/**
 * Runs a stand-in as this process: starts it, logs `ready`, tells a launcher over IPC
 * (`{ type: 'ready', url, smtpUrl? }`), and ends with SIGTERM, Ctrl-C, Ctrl-\ or the launcher itself, so that nothing
 * is left behind a launcher that was killed. Exits with 1 and a log line when it cannot start.
 */
export async function runAlone(
  service: string,
  start: (config: Config, log: Logger) => Promise<Closing & Partial<Running>>,
): Promise<void> {
  const log = createLogger(service, 'info')
  try {
    const config = readConfig({ ...process.env, PORT: process.env.PORT || '0' }, service) // 3000 is the shop's
    enterProgram(service, config)
    const starting = start(config, log)
    stopWithLauncher(starting)
    const { close, ...urls } = await starting
    log.info(urls, 'ready')
    process.send?.({ type: 'ready', ...urls })
  } catch (error) {
    failStart(service, error)
  }
}

/** True when `moduleUrl` is the file that node was told to run. */
export function isEntry(moduleUrl: string): boolean {
  const script = process.argv[1]
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl)
}

function stopWithLauncher(starting: Promise<Closing>): void {
  const stop = async () => {
    setTimeout(() => process.exit(0), CLOSE_MS).unref()
    const running = await starting
    await running.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.once(signal, stop)
  process.once('disconnect', stop)
}
