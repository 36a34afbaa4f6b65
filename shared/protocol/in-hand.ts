import { EventEmitter, once } from 'node:events'

const LIMIT_MS = 30_000 // the grace: what is in hand longer is pushed again, and shall hold up nothing any more

/** How many things are being worked on, and when there are none. */
export type InHand = {
  count(): number
  take(): void
  putDown(): void
  /** Resolves when nothing is in hand, or after the limit all the same. */
  whenEmpty(): Promise<void>
}

/** Empty hands. */
export function createInHand(limitMs = LIMIT_MS): InHand {
  const hands = new EventEmitter<{ empty: [] }>()
  let count = 0
  return {
    count: () => count,
    take: () => void count++,
    putDown: () => {
      if (--count === 0) hands.emit('empty')
    },
    whenEmpty: async () => {
      if (count > 0) await once(hands, 'empty', { signal: AbortSignal.timeout(limitMs) }).catch(() => {}) // the limit
    },
  }
}
