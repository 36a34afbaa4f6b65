const FORGET_MS = 10_000

/**
 * What was answered last, at once; when that is older than `periodMs` it is asked again meanwhile. So nothing that
 * is slow or away holds a look back. Null until there is an answer, after one that failed, and when nobody has looked
 * for so long that it says nothing of today.
 */
export function remember<T>(periodMs: number, ask: () => Promise<T>, forgetMs = FORGET_MS): () => T | null {
  let answer: T | null = null
  let askAgainAt = Number.NEGATIVE_INFINITY
  const refresh = async () => {
    try {
      answer = await ask()
    } catch {
      answer = null
    } finally {
      askAgainAt = performance.now() + periodMs
    }
  }
  return () => {
    if (performance.now() >= askAgainAt + forgetMs) answer = null
    if (performance.now() >= askAgainAt) {
      askAgainAt = Number.POSITIVE_INFINITY // until this one is answered
      void refresh()
    }
    return answer
  }
}
