import { Deferral, Outage, type Patience, Unfixable } from '../events.ts'
import { reasonOf } from '../health.ts'

/** What becomes of a message whose handling failed. */
export type Fate = { kind: 'retry'; delayMs: number } | { kind: 'bury'; reason: string }

const MAX_ATTEMPTS = 8 // about a minute in all; an outage is not counted
const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 15_000

/**
 * Decides a message's fate after its `attempt`-th failure (from 1). What can never work is buried at once; an
 * outage of the outside world is retried for as long as it lasts; a deferral as long as its patience; anything else
 * a few times. Delays double, with full jitter on their upper half. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fateOf(error: unknown, attempt: number, random: () => number = Math.random): Fate {
  const reason = reasonOf(error)
  if (error instanceof Unfixable) return { kind: 'bury', reason }
  if (error instanceof Deferral) return afterDeferral(error.patience, attempt, reason, random)
  if (attempt >= MAX_ATTEMPTS && !(error instanceof Outage))
    return { kind: 'bury', reason: `failed ${attempt} times: ${reason}` }
  return { kind: 'retry', delayMs: jittered(delayAfter(attempt, FIRST_DELAY_MS, MAX_DELAY_MS), random) }
}

/** How long it has waited is counted by its attempts: clocks step, and a shop that was closed has not tried. */
function afterDeferral(
  { firstMs, maxMs, giveUpMs }: Patience,
  attempt: number,
  reason: string,
  random: () => number,
): Fate {
  let waitedMs = 0
  for (let tried = 1; tried < attempt && waitedMs < giveUpMs; tried++) waitedMs += delayAfter(tried, firstMs, maxMs)
  if (waitedMs >= giveUpMs)
    return { kind: 'bury', reason: `waited for ${Math.round(giveUpMs / 3_600_000)} h: ${reason}` }
  return { kind: 'retry', delayMs: jittered(delayAfter(attempt, firstMs, maxMs), random) }
}

const delayAfter = (attempt: number, firstMs: number, maxMs: number) =>
  Math.min(firstMs * 2 ** Math.min(attempt - 1, 20), maxMs)
const jittered = (fullMs: number, random: () => number) => Math.round(fullMs * (0.5 + random() / 2))
