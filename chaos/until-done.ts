import { setTimeout as delay } from 'node:timers/promises'

const TRIES_MAX = 50
const PAUSE_MS = 200

/** Does what may fail just now, until it has worked. Rejects with the last failure after `triesMax` tries, 0.2 s apart. */
export async function untilDone(work: () => unknown, triesMax = TRIES_MAX): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return void (await work())
    } catch (cause) {
      if (tries >= triesMax) throw cause
      await delay(PAUSE_MS)
    }
  }
}
