import type { Health } from '../health.ts'
import type { Redis } from '../store/redis.ts'
import { type Outcome, sayStatus, type Word } from './status.ts'

const OWED_MAX = 100_000 // beyond this the oldest are dropped; their senders ask again with another copy

export type Acknowledger = { say(outcomes: Word<Outcome>[]): Promise<void>; flush(): Promise<void> }

/**
 * Says final words to the senders of a service's messages. What Redis does not take is kept, and said again with
 * the next word or `flush`. Neither call rejects.
 */
export function createAcknowledger(redis: Redis, health: Health): Acknowledger {
  const saying = health.watch('acknowledge')
  let owed: Word<Outcome>[] = []
  const say = async (outcomes: Word<Outcome>[]) => {
    const all = [...owed, ...outcomes]
    owed = []
    if (all.length === 0) return
    // crash point: before acknowledge
    await sayStatus(redis, all).then(
      () => saying.ok(),
      (error) => {
        owed = [...all, ...owed].slice(-OWED_MAX)
        saying.failed(error)
      },
    )
    // crash point: after acknowledge
  }
  return { say, flush: () => say([]) }
}
