import { type State, states } from '../../shared/states.ts'
import type { Client } from './db.ts'

const FRESH_MS = 400
const REST_SHARE = 50 // what takes long is done less often: at most a fiftieth of this thread

/** How many orders there are in each state. */
export async function countByState(read: Client): Promise<Record<State, number>> {
  const rows = await read.$queryRaw<{ state: State; count: number }[]>`
    SELECT state, COUNT(*) AS count FROM "Order" GROUP BY state`
  const counts = new Map(rows.map(({ state, count }) => [state, count]))
  return Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) as Record<State, number>
}

/** The same for whoever asks again and again: all rows are counted, so a count is kept for as long as it was dear. */
export function createCounter(read: Client): () => Promise<Record<State, number>> {
  let counted: Promise<Record<State, number>> | undefined
  let keptUntilMs = 0
  return () => {
    const sinceMs = performance.now()
    if (counted !== undefined && sinceMs < keptUntilMs) return counted
    keptUntilMs = sinceMs + FRESH_MS
    counted = countByState(read).then((counts) => {
      keptUntilMs = performance.now() + Math.max(FRESH_MS, REST_SHARE * (performance.now() - sinceMs))
      return counts
    })
    return counted
  }
}
