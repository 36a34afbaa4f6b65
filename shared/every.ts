import type { Health } from './health.ts'

/** In ms; infinite: until it is nudged. */
type Period = number | (() => number)

/** A background loop: `nudge` runs it at once, `stop` resolves when the run under way is over. */
export type Loop = { nudge(): void; stop(): Promise<void> }

const AGAIN_MS = 5_000 // a run that failed is made up for soon, however seldom there is one: until then it counts as trouble

/**
 * Runs `runOnce` every `periodMs`, never twice at a time. A run that throws is told to `health`, and the loop goes on: after
 * five seconds at the latest.
 */
export function every(periodMs: Period, name: string, health: Health, runOnce: () => Promise<void>): Loop {
  const watched = health.watch(name)
  let isStopped = false
  let isNudged = false
  let wake = () => {}

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async () => {
    while (!isStopped) {
      isNudged = false
      const limitMs = await runOnce().then(
        () => {
          watched.ok()
          return Number.POSITIVE_INFINITY
        },
        (error) => {
          watched.failed(error)
          return AGAIN_MS
        },
      )
      if (!isNudged) await pause(Math.min(limitMs, typeof periodMs === 'number' ? periodMs : periodMs()))
    }
  }
  const nudge = () => {
    isNudged = true
    wake()
  }
  const running = run()
  return {
    nudge,
    stop: async () => {
      isStopped = true
      nudge()
      await running
    },
  }
}
