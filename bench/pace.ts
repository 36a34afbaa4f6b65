import { setTimeout as delay } from 'node:timers/promises'

const TICK_MS = 1

/**
 * Calls `send` for 0, 1, 2 … up to `count`, so many times a second, whether or not the earlier ones are done. `dueMs`
 * is when it was its turn (by `performance.now`), from which a latency has to be counted. Rejects when one does.
 */
export async function paced<T>(
  count: number,
  perSecond: number,
  send: (i: number, dueMs: number) => Promise<T>,
): Promise<T[]> {
  const startMs = performance.now()
  const sent: Promise<T>[] = []
  for (let i = 0; i < count; i++) {
    const dueMs = startMs + (i * 1_000) / perSecond
    while (performance.now() < dueMs) await delay(TICK_MS)
    const one = send(i, dueMs)
    one.catch(() => {}) // told to the caller in the end
    sent.push(one)
  }
  return Promise.all(sent)
}
