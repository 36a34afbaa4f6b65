import { every } from '../every.ts'
import type { Queue } from '../routes.ts'
import { isAnyWaiting } from './on-disk.ts'
import { createSettler, type SettleDeps } from './settle.ts'
import { createWindow, type Window } from './window.ts'

const SETTLE_MS = 250
const FILL_MS = 50 // while something waits on disk
const FILL_MAX_MS = 1_000 // while Redis takes nothing: each try writes to the disk, too
const REST_MS = 1_000 // before an empty outbox is looked into: another instance may have filled it, and be gone

/** What a service does for one list: it fills it, and waits for the receiver's words on what it has pushed. */
export type Sender = {
  window: Window
  /** There are rows. */
  wake(): void
  /** Looks at what has been popped now, and not in a while. */
  settle(): void
  newEpoch(): void
  stop(): Promise<void>
}

type Deps = Omit<SettleDeps, 'window'> & {
  /** Up to which event what waits may go out. */
  upTo(): number
}

/** Settles a queue's rows, again and again; where there were none it rests until there is news. */
export function startSender(queue: Queue, deps: Deps): Sender {
  let isResting = false
  let news = 0
  let refused = 0 // tries, one after the other
  const window = createWindow(queue, { ...deps, wake: () => refused === 0 && filling.nudge() })
  const settler = createSettler(queue, { ...deps, window })
  const filling = every(
    () => (window.isOpen() ? REST_MS : Math.min(FILL_MS * 2 ** refused, FILL_MAX_MS)),
    `fill.${queue}`,
    deps.health,
    async () => {
      if (window.isOpen() && (await isAnyWaiting(deps.db.read, queue))) window.close()
      refused++
      await window.fill()
      refused = 0
    },
  )
  const settling = every(
    () => (isResting ? REST_MS : SETTLE_MS),
    `settle.${queue}`,
    deps.health,
    async () => {
      const before = news
      isResting = (await settler.runOnce()) && news === before
    },
  )
  return {
    window,
    wake: () => {
      news++
      if (isResting) setTimeout(settling.nudge, SETTLE_MS).unref()
      isResting = false
    },
    settle: settling.nudge,
    newEpoch: () => {
      settler.newEpoch()
      settling.nudge()
      filling.nudge()
    },
    stop: async () => {
      await Promise.all([filling.stop(), settling.stop()])
      await settler.stop()
    },
  }
}
