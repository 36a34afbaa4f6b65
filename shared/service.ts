import { pathToFileURL } from 'node:url'
import { type Config, readConfig } from './config.ts'
import { createLogger } from './logger.ts'

/** A service that is up: where it answers, and how to end it in good order. */
export type Running = { url: string; stop(): Promise<void> }

const STOP_LIMIT_MS = 9_000 // the launcher kills after 10 s

/**
 * Runs a service as this process's only job, if `module` is the file Node was started with: tells the launcher
 * when it is ready, and ends in good order on SIGTERM, on Ctrl-C, or when the launcher is gone.
 */
export async function runAsMain(
  module: string,
  service: string,
  start: (config: Config) => Promise<Running>,
): Promise<void> {
  if (module !== pathToFileURL(process.argv[1] ?? '').href) return
  try {
    const running = await start(readConfig())
    endWith(service, running)
    createLogger(service, 'info').info({ url: running.url }, 'ready')
    process.send?.({ type: 'ready', url: running.url })
  } catch (error) {
    createLogger(service, 'info').fatal({ err: error }, 'not.started')
    process.exitCode = 1
    process.disconnect?.()
  }
}

function endWith(service: string, running: Running): void {
  let isEnding = false
  const end = (why: string) => async () => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    await running.stop()
    createLogger(service, 'info').info({ why }, 'stopped')
    process.exit(0)
  }
  process.on('SIGTERM', end('SIGTERM'))
  process.on('SIGINT', end('SIGINT'))
  process.on('disconnect', end('the launcher is gone'))
}
