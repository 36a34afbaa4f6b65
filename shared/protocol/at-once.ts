/** How many calls may be under way at once. Times in ms, by a steady clock. */
export type AtOnce = {
  max(): number
  /** A call was answered, well or not; `isFull`: as many were under way as may be, and others waited. */
  answered(beganAt: number, now: number, isFull: boolean): void
  /** A call was refused because there were too many, or had no answer. */
  troubled(beganAt: number, now: number): void
  /** How long a call takes, smoothed; null before the first. */
  callMs(): number | null
}

const LESS = 0.7 // of what was too many
const STEP_SHARE = 4 // a step is a quarter more, or one: fewer would not be noticed
const WORTH = 0.5 // of what a step would bring if the world outside took it all
const ROUND_MIN = 4 // calls from which a throughput is told
const REST_ROUNDS = 8 // before what was of no use, or too many, is tried again
const SMOOTHING = 0.1

/**
 * As many calls at once as the world outside takes: additive increase, multiplicative decrease (D. Chiu and R. Jain, 1989,
 * https://doi.org/10.1016/0169-7552(89)90019-6), as in https://github.com/Netflix/concurrency-limits. It begins with all
 * there may be. Calls that are refused or get no answer make it less, once for all that were under way together. More is
 * tried while calls wait for their turn, and kept only where more were answered in the same time; beyond what was too many
 * once, seldom.
 */
export function createAtOnce(most: number, least = 1): AtOnce {
  let limit = most
  let changedAt = Number.NEGATIVE_INFINITY
  let round = { calls: 0, ms: 0 }
  let before: { limit: number; perMs: number } | null = null // a step is being tried
  let ceiling = Number.POSITIVE_INFINITY // there was trouble with so many
  let isCalm = true // a round has gone well since
  let rest = 0
  let smoothMs: number | null = null

  const begin = (next: number, now: number) => {
    if (next !== limit) changedAt = now
    limit = next
    round = { calls: 0, ms: 0 }
  }
  const judge = (perMs: number, now: number) => {
    isCalm = true
    if (before !== null && perMs < before.perMs * worthOf(limit / before.limit)) return fallBack(before.limit, now)
    if (before !== null && limit >= ceiling) ceiling = Number.POSITIVE_INFINITY
    before = null
    const next = Math.min(limit + Math.max(1, Math.floor(limit / STEP_SHARE)), most)
    if (limit < ceiling && next >= ceiling && rest === 0) rest = REST_ROUNDS
    if (rest > 0 && --rest > 0) return begin(limit, now)
    if (next > limit) before = { limit, perMs }
    begin(next, now)
  }
  const fallBack = (last: number, now: number) => {
    before = null
    rest = REST_ROUNDS
    begin(last, now)
  }
  return {
    max: () => limit,
    callMs: () => smoothMs,
    answered: (beganAt, now, isFull) => {
      const ms = now - beganAt
      smoothMs = smoothMs === null ? ms : smoothMs + SMOOTHING * (ms - smoothMs)
      if (!isFull || beganAt < changedAt) return
      round.calls++
      round.ms += ms
      if (round.calls >= Math.max(ROUND_MIN, 2 * limit)) judge((limit * round.calls) / Math.max(round.ms, 1), now)
    },
    troubled: (beganAt, now) => {
      if (beganAt < changedAt) return // of the same trouble
      if (isCalm) ceiling = limit
      isCalm = false
      before = null
      changedAt = now
      begin(Math.max(least, Math.floor(limit * LESS)), now)
    },
  }
}

const worthOf = (more: number) => 1 + WORTH * (more - 1)
