import { setTimeout as delay } from 'node:timers/promises'
import type { Watched } from '../health.ts'

const FIRST_PAUSE_MS = 20
const MAX_PAUSE_MS = 250 // so that messages flow again soon after what failed is back

/** Runs `runOnce` again and again until the signal, without a rest; after one that throws, with a pause. */
export async function keepOn(runOnce: () => Promise<void>, watched: Watched, signal: AbortSignal): Promise<void> {
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; ) {
    try {
      await runOnce()
      watched.ok()
      pauseMs = FIRST_PAUSE_MS
    } catch (error) {
      if (signal.aborted) return
      watched.failed(error)
      await delay(pauseMs, undefined, { signal }).catch(() => {}) // told to stop
      pauseMs = Math.min(2 * pauseMs, MAX_PAUSE_MS)
    }
  }
}
