import { EventEmitter, once } from 'node:events'

const LIMIT_MS = 30_000 // the grace: what is in hand longer is pushed again, and shall hold up nothing any more

/** How many things are being worked on, and when there are none. */
export type InHand = {
  count(): number
  take(): void
  putDown(): void
  /** Resolves when nothing is in hand, or after the limit all the same. */
  whenEmpty(): Promise<void>
  /** Resolves when nothing is being done alone, in any of the hands. */
  whenFree(): Promise<void>
  /** Does what takes something, and waits until it is put down, while nothing else is in any of the hands. */
  alone(begin: () => void): Promise<void>
}

/** Empty hands: all of a worker, or one of `all`. */
export function createInHand(all?: InHand, limitMs = LIMIT_MS): InHand {
  const hands = new EventEmitter<{ empty: [] }>()
  let count = 0
  let turn = Promise.resolve()
  const whenEmpty = async () => {
    if (count > 0) await once(hands, 'empty', { signal: AbortSignal.timeout(limitMs) }).catch(() => {}) // the limit
  }
  return {
    count: () => count,
    take: () => {
      count++
      all?.take()
    },
    putDown: () => {
      all?.putDown()
      if (--count === 0) hands.emit('empty')
    },
    whenEmpty,
    whenFree: () => all?.whenFree() ?? turn,
    alone: (begin) => {
      if (all !== undefined) return all.alone(begin)
      turn = turn.then(async () => {
        await whenEmpty()
        begin()
        await whenEmpty()
      })
      return turn
    },
  }
}
