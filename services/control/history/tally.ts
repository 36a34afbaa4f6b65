type Counts = { handled: number; retried: number; startedAt: number }
type Since = { handledPerS: number | null; retried: number | null }

/**
 * How much all workers of a queue have handled and retried from one look to the next, `atMs` by a steady clock. Of who is seen for
 * the first time only what they did since is counted, unless they have started since the look before. Null at the first look.
 */
export function createTally(now: () => number = Date.now): (workers: Map<string, Counts>, atMs: number) => Since {
  let last: { workers: Map<string, Counts>; atMs: number; at: number } | null = null
  return (workers, atMs) => {
    const before = last
    last = { workers, atMs, at: now() }
    if (before === null || atMs <= before.atMs) return { handledPerS: null, retried: null }
    const news = [...workers].map(([id, counts]) => newsOf(counts, before.workers.get(id), before.at))
    const handled = news.reduce((sum, one) => sum + one.handled, 0)
    const retried = news.reduce((sum, one) => sum + one.retried, 0)
    return { handledPerS: Math.round((handled * 10_000) / (atMs - before.atMs)) / 10, retried }
  }
}

function newsOf(counts: Counts, before: Counts | undefined, lookedAt: number) {
  const { handled, retried, startedAt } = counts
  const from = before ?? (startedAt >= lookedAt ? { handled: 0, retried: 0 } : counts)
  return { handled: Math.max(0, handled - from.handled), retried: Math.max(0, retried - from.retried) }
}
