import type { Sms } from './sms.ts'

/** So long after it has begun a try may last: whoever has begun longer ago, and is another worker, must be done with it. */
const HELD_MS = 12_000
/** What a try may wait for before its call, which takes eight seconds at most. What has waited for longer begins anew. */
export const TURN_MS = 4_000

const SEEN_MAX = 10_000 // SMS; of one that is forgotten the wait begins anew

type Seen = { attempts: number; sinceMs: number }

/** What one worker has seen of the SMS that others are at. */
export type OtherWorkers = {
  /** The try of another worker, by its number, that must be over by now; null where there is none. */
  overdueAt(id: string): number | null
  /** Is another worker at it? Whoever asks watches it from now on. */
  isTheirs(sms: Pick<Sms, 'id' | 'state' | 'holder' | 'attempts'>): boolean
}

/**
 * Times others by our own steady clock, from when we first saw their try: the time of day of two workers may be an hour apart,
 * and a try that has just begun would look like one of a worker that died.
 */
export function watchOtherWorkers(holder: string, now = () => performance.now()): OtherWorkers {
  const seen = new Map<string, Seen>()
  const watch = (id: string, attempts: number) => {
    if (seen.get(id)?.attempts === attempts) return
    const [oldest] = seen.keys()
    if (seen.size >= SEEN_MAX && oldest !== undefined) seen.delete(oldest)
    seen.set(id, { attempts, sinceMs: now() })
  }
  return {
    overdueAt(id) {
      const one = seen.get(id)
      return one !== undefined && now() - one.sinceMs >= HELD_MS ? one.attempts : null
    },
    isTheirs({ id, state, holder: by, attempts }) {
      const isTheirs = state === 'sending' && by !== holder
      if (isTheirs) watch(id, attempts)
      else seen.delete(id)
      return isTheirs
    },
  }
}
