import type { Message } from '../events.ts'
import { createSpans, type Spans, sumOfSpans } from './spans.ts'

/** The messages that one hand holds, and how long those before them waited in their list and were held. */
export type Held = {
  has(id: string): boolean
  count(): number
  /** True, for it is held now. */
  take(message: Pick<Message, 'id' | 'stamp'>): boolean
  /** It was worked on, whatever came of that. */
  putDown(id: string): void
  /** It was not worked on: it was a copy, or could not be looked up. */
  drop(message: Pick<Message, 'id'>): void
  times(): HopTimes
}

/** Since the start: from the push to the pop, and from the pop until the work was done. */
export type HopTimes = { wait: Spans; work: Spans }

/** What several hands say together. */
export function sumOfTimes(all: HopTimes[]): { wait: number[]; work: number[] } {
  return { wait: sumOfSpans(all.map(({ wait }) => wait)), work: sumOfSpans(all.map(({ work }) => work)) }
}

/** Waits go by the shop's time, as stamps do; how long a message is held by the steady clock. */
export function createHeld(shopNow: () => number, now = () => performance.now()): Held {
  const since = new Map<string, number>()
  const [wait, work] = [createSpans(), createSpans()]
  return {
    has: (id) => since.has(id),
    count: () => since.size,
    take: ({ id, stamp }) => {
      since.set(id, now())
      wait.note(shopNow() - stamp)
      return true
    },
    putDown: (id) => {
      const at = since.get(id)
      if (at !== undefined) work.note(now() - at)
      since.delete(id)
    },
    drop: ({ id }) => void since.delete(id),
    times: () => ({ wait: wait.counts(), work: work.counts() }),
  }
}
