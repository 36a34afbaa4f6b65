import type { Health, Watched } from './health.ts'

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
  const pause = createPause()
  let isStopped = false
  let isNudged = false

  const run = async () => {
    while (!isStopped) {
      isNudged = false
      const limitMs = await limitAfter(runOnce, watched)
      if (!isNudged) await pause.for(Math.min(limitMs, typeof periodMs === 'number' ? periodMs : periodMs()))
    }
  }
  const nudge = () => {
    isNudged = true
    pause.end()
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

/** Runs once. Returns how long the pause after it may be, in ms. */
function limitAfter(runOnce: () => Promise<void>, watched: Watched): Promise<number> {
  return runOnce().then(
    () => {
      watched.ok()
      return Number.POSITIVE_INFINITY
    },
    (error) => {
      watched.failed(error)
      return AGAIN_MS
    },
  )
}

/** A pause that can be ended before its time. */
function createPause() {
  let end = () => {}
  return {
    end: () => end(),
    for: (ms: number) =>
      new Promise<void>((resolve) => {
        const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, ms)
        end = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}
