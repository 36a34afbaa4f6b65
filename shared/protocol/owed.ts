import { queueKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import { putBack } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'

/**
 * What a worker has popped and can do nothing with just now. By its last word it has these in hand, so that their senders
 * would leave them to it for half a minute: it keeps them until Redis has taken them back.
 */
export type Owed = {
  /** What was popped from this list. */
  add(list: Queue, raws: string[]): void
  /** Puts all back to where they were popped. Rejects while Redis does not take them. */
  giveBack(): Promise<void>
}

export function createOwed(redis: Redis): Owed {
  const owed = new Map<Queue, string[]>()
  return {
    add: (list, raws) => void owed.set(list, [...(owed.get(list) ?? []), ...raws]),
    giveBack: async () => {
      for (const [list, raws] of owed) {
        await putBack(redis, queueKey(list), raws)
        owed.delete(list)
      }
    },
  }
}
