import { printable } from '../../terminal/printable.ts'
import { Outage, Unfixable } from '../events.ts'

/** What becomes of a message whose handling failed. */
export type Fate = { kind: 'retry'; delayMs: number } | { kind: 'bury'; reason: string }

const MAX_ATTEMPTS = 8 // about a minute in all; an outage is not counted
const FIRST_DELAY_MS = 100
const MAX_DELAY_MS = 15_000

/**
 * Decides a message's fate after its `attempt`-th failure (from 1). What can never work is buried at once; an
 * outage of the outside world is retried for as long as it lasts; anything else a few times. Delays double,
 * with full jitter on their upper half. Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fateOf(error: unknown, attempt: number, random: () => number = Math.random): Fate {
  const reason = reasonOf(error)
  if (error instanceof Unfixable) return { kind: 'bury', reason }
  if (attempt >= MAX_ATTEMPTS && !(error instanceof Outage))
    return { kind: 'bury', reason: `failed ${attempt} times: ${reason}` }
  const full = Math.min(FIRST_DELAY_MS * 2 ** Math.min(attempt - 1, 20), MAX_DELAY_MS)
  return { kind: 'retry', delayMs: Math.round(full * (0.5 + random() / 2)) }
}

const REASON_MAX = 1_000 // characters

/** What went wrong, in a person's words. They may quote a message that is not one, and end up in a terminal. */
export function reasonOf(error: unknown): string {
  return printable(error instanceof Error ? error.message : String(error)).slice(0, REASON_MAX)
}
