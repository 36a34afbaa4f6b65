import { createLogger } from '../logger.ts'

const STOP_LIMIT_MS = 9_000 // the launcher kills after 10 s

/** Ends a program on a signal, or when the launcher is gone: once, and by force where it takes too long. */
export function endInOrder(name: string, stop: () => Promise<void>): void {
  let isEnding = false
  const end = (why: string) => async () => {
    if (isEnding) return
    isEnding = true
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref()
    await stop()
    createLogger(name, 'info').info({ why }, 'stopped')
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const) process.on(signal, end(signal))
  process.on('disconnect', end('the launcher is gone'))
}
