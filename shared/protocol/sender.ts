import { every, type Loop } from '../every.ts'
import type { Queue } from '../routes.ts'
import { isAnyWaiting } from './on-disk.ts'
import { createSettler, type SettleDeps } from './settle.ts'
import { Window } from './window.ts'

const SETTLE_MS = 250
const FILL_MS = 50 // while something waits on disk
const MAX_MS = 1_000 // while Redis takes nothing: each try writes to the disk, too
const REST_MS = 5_000 // before an empty outbox is looked into: another instance may have filled it, and be gone

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

/** Fills a list, and settles its rows, again and again. */
export function startSender(queue: Queue, deps: Deps): Sender {
  const { window, filling } = startFilling(queue, deps)
  const { wake, settling, newEpoch, giveUp } = startSettling(queue, { ...deps, window })
  return {
    window,
    wake,
    settle: settling.nudge,
    newEpoch: () => {
      newEpoch()
      settling.nudge()
      filling.nudge()
    },
    stop: async () => {
      await Promise.all([filling.stop(), settling.stop()])
      await giveUp()
    },
  }
}

/** The window of a list, and the loop that fills it whenever it closes; where nothing may go out yet it rests until woken. */
function startFilling(queue: Queue, deps: Deps): { window: Window; filling: Loop } {
  let refused = 0 // tries, one after the other
  const window = new Window(queue, { ...deps, wake: () => refused === 0 && deps.upTo() > 0 && filling.nudge() })
  const periodMs = () => (window.isOpen() || deps.upTo() === 0 ? REST_MS : Math.min(FILL_MS * 2 ** refused, MAX_MS))
  const filling = every(periodMs, `fill.${queue}`, deps.health, async () => {
    if (window.isOpen() && (await isAnyWaiting(deps.db.read, queue))) window.close()
    refused++
    await window.fill()
    refused = 0
  })
  return { window, filling }
}

/** Where there were no rows it rests until it is woken. */
function startSettling(queue: Queue, deps: SettleDeps) {
  let isResting = false
  let news = 0
  const { runOnce, newEpoch, stop: giveUp } = createSettler(queue, deps)
  const periodMs = () => (isResting ? REST_MS : SETTLE_MS)
  const settling = every(periodMs, `settle.${queue}`, deps.health, async () => {
    const before = news
    isResting = (await runOnce()) && news === before
  })
  const wake = () => {
    news++
    if (isResting) setTimeout(settling.nudge, SETTLE_MS).unref()
    isResting = false
  }
  return { wake, settling, newEpoch, giveUp }
}
