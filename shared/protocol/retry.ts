import { Deferral, type Message, Outage, type Patience, Unfixable } from '../events.ts'
import { reasonOf } from '../health.ts'
import { timeIn } from './new-id.ts'

/** What becomes of a message whose handling failed. `tally` is what its next copy says of the attempts so far. */
export type Fate = { kind: 'retry'; delayMs: number; tally: Tally } | { kind: 'bury'; reason: string }
type Tally = Pick<Message, 'failed' | 'deferred'>
type Failed = Pick<Message, 'id' | 'at' | 'attempt' | 'failed' | 'deferred'>

const MAX_FAILURES = 8 // about a minute in all; an outage is not counted
const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 15_000
const LATE_SHARE = 1 / 100 // of its patience is given to what comes when all of it would be over by the clock

/**
 * Decides a message's fate after an attempt has failed. What can never work is buried at once; an outage of the outside
 * world is retried for as long as it lasts; a deferral as long as its patience; anything else a few times. Each of these
 * is counted by itself: what has sat out an outage has failed no more often. Delays double, with full jitter on their
 * upper half. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fateOf(error: unknown, message: Failed, random: () => number = Math.random): Fate {
  const reason = reasonOf(error)
  if (error instanceof Unfixable) return { kind: 'bury', reason }
  if (error instanceof Deferral) return afterDeferral(error.patience, message, reason, random)
  const tally = { failed: message.failed, deferred: message.deferred }
  if (error instanceof Outage) return retry(delayAfter(message.attempt, FIRST_DELAY_MS, MAX_DELAY_MS), tally, random)
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
  const { id, at, failed, deferred = 0 } = message
  let waitedMs = 0
  for (let n = 1; n <= deferred && waitedMs < giveUpMs; n++) waitedMs += delayAfter(n, firstMs, maxMs)
  const isOld = Date.now() - Math.max(at, timeIn(id)) >= giveUpMs
  if (waitedMs >= giveUpMs * (isOld ? LATE_SHARE : 1))
    return { kind: 'bury', reason: `put off for ${Math.round(giveUpMs / 3_600_000)} h: ${reason}` }
  return retry(delayAfter(deferred + 1, firstMs, maxMs), { failed, deferred: deferred + 1 }, random)
}

const delayAfter = (count: number, firstMs: number, maxMs: number) =>
  Math.min(firstMs * 2 ** Math.min(count - 1, 20), maxMs)

function retry(fullMs: number, tally: Tally, random: () => number): Fate {
  return { kind: 'retry', delayMs: Math.round(fullMs * (0.5 + random() / 2)), tally }
}
