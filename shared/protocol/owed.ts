import { putBack } from '../store/in-chunks.ts'
import type { Redis } from '../store/redis.ts'

/**
 * What a worker has popped and can do nothing with just now. By its last word it has these in hand, so that their senders
 * would leave them to it for half a minute: it keeps them until Redis has taken them back.
 */
export type Owed = {
  /** What was popped from the list of this key. */
  add(key: string, raws: string[]): void
  /** Puts all back to where they were popped. Rejects while Redis does not take them. */
  giveBack(): Promise<void>
}

export function createOwed(redis: Redis): Owed {
  const owed = new Map<string, string[]>()
  return {
    add: (key, raws) => void owed.set(key, [...(owed.get(key) ?? []), ...raws]),
    giveBack: async () => {
      for (const [key, raws] of owed) {
        await putBack(redis, key, raws)
        owed.delete(key)
      }
    },
  }
}
