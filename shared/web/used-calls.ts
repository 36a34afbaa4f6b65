/** Takes note of a call; false when it was there before, or when there are too many to know. */
export type TakeNote = (nonce: string) => boolean

const CALLS_MAX = 50_000 // some 800 a second; the control room makes a dozen

/** Remembers which calls there were for `keptMs`, by a clock that never steps back. */
export function createUsedCalls(keptMs: number, now: () => number = () => performance.now()): TakeNote {
  const used = new Map<string, number>() // oldest first
  const forget = () => {
    for (const [nonce, at] of used) {
      if (now() - at <= keptMs) return
      used.delete(nonce)
    }
  }
  return (nonce) => {
    forget()
    if (used.has(nonce) || used.size >= CALLS_MAX) return false
    used.set(nonce, now())
    return true
  }
}
