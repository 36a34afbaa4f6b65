import type { Logger } from '../logger.ts'

const TOGETHER_MS = 60_000
const DIFFERENT_MAX = 1_000 // in one minute; whoever makes up more has been told of

/** Tells of the first refusal of its kind at once, and of those that follow in the same minute together. */
export function createTeller(log: Logger, msg: string): (facts: object) => void {
  const counts = new Map<string, number>()
  return (facts) => {
    const kind = JSON.stringify(facts)
    const count = counts.get(kind)
    if (count === undefined && counts.size >= DIFFERENT_MAX) return
    counts.set(kind, (count ?? 0) + 1)
    if (count !== undefined) return
    log.warn({ ...facts, count: 1 }, msg)
    setTimeout(() => {
      const total = counts.get(kind) ?? 0
      counts.delete(kind)
      if (total > 1) log.warn({ ...facts, count: total }, msg)
    }, TOGETHER_MS).unref()
  }
}
