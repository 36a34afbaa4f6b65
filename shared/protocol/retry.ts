import { Busy, Deferral, type Message, Outage, type Patience, Unfixable } from '../events.ts'
import { reasonOf } from '../health.ts'
import { asStoreFailure } from '../store/store-failure.ts'
import { timeIn } from './new-id.ts'

/** What becomes of a message whose handling failed. `tally` is what its next copy says of the attempts so far. */
export type Fate = Retry | { kind: 'bury'; reason: string }
export type Retry = { kind: 'retry'; delayMs: number; tally: Tally }
type Tally = Pick<Message, 'attempt' | 'failed' | 'deferred'>
type Failed = Pick<Message, 'id' | 'at' | 'attempt' | 'failed' | 'deferred'>

const MAX_FAILURES = 8 // about a minute in all; an outage is not counted
const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 15_000
const STORE_DELAY_MS = 1_000 // nothing is popped until it is back, and then nothing shall wait
const BUSY_SPREAD_MS = 1_000 // or all would come back in the same moment
const LATE_SHARE = 1 / 100 // of its patience is given to what comes when all of it would be over by the clock

/**
 * Decides a message's fate after an attempt has failed. What can never work is buried at once; an outage of the outside
 * world is retried for as long as it lasts; a deferral as long as its patience; anything else a few times. Each of these
 * is counted by itself: what has sat out an outage has failed no more often, and what the world outside had no time for has
 * not been tried; while our own database is away nothing has. Delays double, with full jitter on their upper half.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fateOf(error: unknown, message: Failed, random: () => number = Math.random): Fate {
  const reason = reasonOf(error)
  if (error instanceof Unfixable) return { kind: 'bury', reason }
  if (error instanceof Deferral) return afterDeferral(error.patience, message, reason, random)
  const { attempt } = message
  const tally = { attempt: attempt + 1, failed: message.failed, deferred: message.deferred }
  if (asStoreFailure(error) !== null) return retry(STORE_DELAY_MS, { ...tally, attempt }, random)
  if (error instanceof Busy) return notTried(error, { ...tally, attempt }, random)
  if (error instanceof Outage) return retry(delayAfter(attempt, FIRST_DELAY_MS, MAX_DELAY_MS), tally, random)
  const failed = (message.failed ?? 0) + 1
  if (failed >= MAX_FAILURES) return { kind: 'bury', reason: `failed ${failed} times: ${reason}` }
  return retry(delayAfter(failed, FIRST_DELAY_MS, MAX_DELAY_MS), { ...tally, failed }, random)
}

/**
 * How long it has waited is counted by its deferrals: clocks step, and a shop that was closed has not tried. A worker that
 * ends takes the count along; what is old by the clock, too, is then given up sooner.
 */
function afterDeferral(patience: Patience, message: Failed, reason: string, random: () => number): Fate {
  const { firstMs, maxMs, giveUpMs } = patience
  const { id, at, attempt, failed, deferred = 0 } = message
  let waitedMs = 0
  for (let n = 1; n <= deferred && waitedMs < giveUpMs; n++) waitedMs += delayAfter(n, firstMs, maxMs)
  const isOld = Date.now() - Math.max(at, timeIn(id)) >= giveUpMs
  if (waitedMs >= giveUpMs * (isOld ? LATE_SHARE : 1))
    return { kind: 'bury', reason: `put off for ${Math.round(giveUpMs / 3_600_000)} h: ${reason}` }
  const tally = { attempt: attempt + 1, failed, deferred: deferred + 1 }
  return retry(delayAfter(deferred + 1, firstMs, maxMs), tally, random)
}

function notTried({ ms }: Busy, tally: Tally, random: () => number): Fate {
  return { kind: 'retry', delayMs: Math.round(ms + random() * BUSY_SPREAD_MS), tally }
}

const delayAfter = (count: number, firstMs: number, maxMs: number) =>
  Math.min(firstMs * 2 ** Math.min(count - 1, 20), maxMs)

function retry(fullMs: number, tally: Tally, random: () => number): Fate {
  return { kind: 'retry', delayMs: Math.round(fullMs * (0.5 + random() / 2)), tally }
}
