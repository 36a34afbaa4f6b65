import { monitorEventLoopDelay } from 'node:perf_hooks'

const RESOLUTION_MS = 50 // each sample wakes the process up
const LOOK_MS = 1_000
const SMOOTHING = 0.5 // of each look

/** How late the event loop is, in ms: smoothed, and looked at once a second. */
export type LoopDelay = { ms(): number; stop(): void }

/**
 * Watches how late the event loop of this process is: half of all samples are later. What holds it up once, however long,
 * is one sample among others.
 */
export function watchLoop(): LoopDelay {
  const samples = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  let ms = 0
  samples.enable()
  const looking = setInterval(() => {
    const late = samples.percentile(50) / 1e6 - RESOLUTION_MS
    ms += SMOOTHING * (Math.max(late, 0) - ms)
    samples.reset()
  }, LOOK_MS).unref()
  return {
    ms: () => ms,
    stop: () => {
      clearInterval(looking)
      samples.disable()
    },
  }
}
