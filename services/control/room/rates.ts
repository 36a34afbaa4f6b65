import type { WorkerState } from './snapshot.ts'

type Rate = { handled: number; upMs: number; perS: number }
type Seen = Rate & { at: number }

/**
 * How many messages each worker handles per second. Counters travel with the beats, once a second, so a rate is
 * taken from beat to beat, by the worker's own clock, and holds until the next.
 */
export function createRates(): { of(workers: WorkerState[], now: number): Record<string, number> } {
  let seen = new Map<string, Seen>()
  return {
    of: (workers, now) => {
      const next = workers.map(({ id, handled, upMs, beatAgeMs, isLive }) => {
        const rate = rateOf(seen.get(id), handled, upMs)
        return [id, { ...rate, at: now - beatAgeMs, ...(!isLive && { perS: 0 }) }] as const
      })
      seen = new Map([...seen, ...next])
      for (const [id, { at }] of seen) if (now - at > FORGET_MS) seen.delete(id)
      return Object.fromEntries(next.map(([id, { perS }]) => [id, perS]))
    },
  }
}

const FORGET_MS = 120_000
const SAME_BEAT_MS = 100 // the age of a beat is known to a few ms only

function rateOf(before: Rate | undefined, handled: number, upMs: number): Rate {
  if (before === undefined) return { handled, upMs, perS: 0 }
  const sinceMs = upMs - before.upMs
  if (sinceMs < SAME_BEAT_MS) return before
  return { handled, upMs, perS: Math.round(((handled - before.handled) * 10_000) / sinceMs) / 10 }
}
