import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from './logger.ts'

type Period = number | (() => number)

/** A background loop: `nudge` runs it at once, `stop` resolves when the run under way is over. */
export type Loop = { nudge(): void; stop(): Promise<void> }

/** Runs `runOnce` every `periodMs`, never twice at a time. A run that throws is logged and does not end the loop. */
export function every(periodMs: Period, name: string, log: Logger, runOnce: () => Promise<void>): Loop {
  let wake = new AbortController()
  let isStopped = false

  const run = async () => {
    while (!isStopped) {
      wake = new AbortController()
      await runOnce().catch((error) => log.debug({ err: error }, `${name}.failed`))
      const pauseMs = typeof periodMs === 'number' ? periodMs : periodMs()
      if (!isStopped) await delay(pauseMs, undefined, { signal: wake.signal }).catch(() => {})
    }
  }
  const running = run()
  return {
    nudge: () => wake.abort(),
    stop: async () => {
      isStopped = true
      wake.abort()
      await running
    },
  }
}
