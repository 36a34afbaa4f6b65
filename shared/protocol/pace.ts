/** When calls may go out. Times in ms, by a steady clock. */
export type Pace = {
  /** Lets one go, and returns 0; else how long it has still to wait. */
  take(now: number): number
  /** None waits: what nobody uses is not saved up. */
  rest(): void
  /** How long one call takes of the time, at this pace; 0 without one. */
  intervalMs(): number
  /** What it is, by all workers together; null where there is none. */
  perSecond(): number | null
  /** So many a second from `now` on; as many as there are, if it is not said how many. */
  set(perSecond: number | undefined, now: number): void
  /** So many workers share it from now on. */
  share(workers: number): void
}

/** Of the rate so much is used: at all of it, whoever counts would find one too many whenever one was late. */
export const PACE_SHARE = 0.97
const LATE_MS = 250 // what goes out so much too late, on a busy machine, does not hold up what waits behind it

/**
 * The generic cell rate algorithm, in its virtual scheduling form: evenly spread calls, `perSecond` by all workers together.
 * Source: https://www.itu.int/rec/T-REC-I.371, annex A
 */
export function createPace(atFirst = Number.POSITIVE_INFINITY): Pace {
  let perSecond = atFirst
  let workers = 1
  let dueAt = 0
  let lateMs = 0
  const intervalMs = () => (1_000 / (perSecond * PACE_SHARE)) * workers
  return {
    take: (now) => {
      dueAt = Math.max(dueAt, now - lateMs)
      const waitMs = dueAt - now
      if (waitMs > 0) {
        lateMs = LATE_MS
        return waitMs
      }
      dueAt += intervalMs()
      return 0
    },
    rest: () => {
      lateMs = 0
    },
    intervalMs,
    perSecond: () => (Number.isFinite(perSecond) ? perSecond : null),
    set: (next = Number.POSITIVE_INFINITY, now) => {
      perSecond = next
      dueAt = Math.min(dueAt, now + intervalMs()) // what was far off at a slow pace is not at this one
    },
    share: (count) => {
      workers = Math.max(count, 1)
    },
  }
}
