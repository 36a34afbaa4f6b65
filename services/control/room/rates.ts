import type { WorkerState } from './snapshot.ts'

type Seen = { handled: number; at: number; perS: number }

/**
 * How many messages each worker handles per second. Counters travel with the beats, once a second, so a rate is
 * taken from beat to beat and holds until the next.
 */
export function createRates(): { of(workers: WorkerState[], now: number): Record<string, number> } {
  let seen = new Map<string, Seen>()
  return {
    of: (workers, now) => {
      const next = workers.map(({ id, handled, beatAgeMs, isLive }) => {
        const rate = rateOf(seen.get(id), handled, now - beatAgeMs)
        return [id, isLive ? rate : { ...rate, perS: 0 }] as const
      })
      seen = new Map([...seen, ...next])
      for (const [id, { at }] of seen) if (now - at > FORGET_MS) seen.delete(id)
      return Object.fromEntries(next.map(([id, { perS }]) => [id, perS]))
    },
  }
}

const FORGET_MS = 120_000
const SAME_BEAT_MS = 100 // the age of a beat is known to a few ms only

function rateOf(before: Seen | undefined, handled: number, at: number): Seen {
  if (before === undefined) return { handled, at, perS: 0 }
  const sinceMs = at - before.at
  if (sinceMs < SAME_BEAT_MS) return before
  return { handled, at, perS: Math.round(((handled - before.handled) * 10_000) / sinceMs) / 10 }
}
