import type { Busy } from '../events.ts'
import type { Logger } from '../logger.ts'

const CLOSED_MIN_MS = 100
const CLOSED_MAX_MS = 300_000 // whoever asks for more is asked again by then

/** Closed while the world outside asks us to wait: told once when it closes, and once when something has gone through. */
export type Gate = {
  /** For how long (ms) it is still closed; 0 when it is open. */
  closedMs(now: number): number
  close(busy: Busy): void
  /** A call was not refused. */
  answered(): void
}

/** An open gate. */
export function createGate(log: Logger): Gate {
  let opensAt = 0
  let closedSince: number | null = null
  return {
    closedMs: (now) => Math.max(opensAt - now, 0),
    close: ({ message: reason, ms }) => {
      const now = performance.now()
      const closedMs = Math.min(Math.max(ms, CLOSED_MIN_MS), CLOSED_MAX_MS)
      opensAt = Math.max(opensAt, now + closedMs)
      if (closedSince === null) log.warn({ ms: closedMs, reason }, 'outside.closed')
      closedSince ??= now
    },
    answered: () => {
      const now = performance.now()
      if (closedSince === null || now < opensAt) return // what was under way when it closed tells nothing
      log.info({ ms: Math.round(now - closedSince) }, 'outside.opened')
      closedSince = null
    },
  }
}
