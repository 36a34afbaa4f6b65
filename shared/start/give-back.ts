import { setFlagsFromString } from 'node:v8'

const LOOK_MS = 10_000
const IDLE = 0.02 // of the time between two looks, while the event loop was at work
const WORTH_BYTES = 8 * 2 ** 20

/**
 * Gives memory back while nothing happens: V8 keeps what a burst of orders left until much later new ones push it out. Needs
 * `--expose-gc`, else nothing is done. A collection takes a process 30 to 100 ms, which an idle one has; it is made only where
 * the process has grown since the last.
 */
export function giveBackWhenIdle(lookMs = LOOK_MS): void {
  const { gc } = globalThis
  if (gc === undefined) return
  setFlagsFromString('--no-memory-reducer') // V8's own, which collects again and again while next to nothing happens
  let before = performance.eventLoopUtilization()
  let leastBytes = 0
  const look = () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    const bytes = process.memoryUsage.rss()
    leastBytes = Math.min(leastBytes, bytes)
    if (utilization > IDLE || bytes < leastBytes + WORTH_BYTES) return
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    leastBytes = process.memoryUsage.rss()
  }
  setInterval(look, lookMs).unref()
}
