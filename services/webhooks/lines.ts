import { createTurns, type InTurn } from '../../shared/turns.ts'

const AT_ONCE = 4
const FIRST_REST_MS = 1_000
const MAX_REST_MS = 5 * 60_000

/** What came of a post, as far as the next one to the same subscriber goes: how long it wants to be left alone, if so. */
export type Outcome = { isAway: boolean; restMs: number | null }

/**
 * The lines to the subscribers, one each: a slow one is called four times at once and no more, one that is away is left
 * alone for a while, longer and longer. So it is not in the way of the others, nor called more often than it asks for.
 */
export type Lines = {
  /** Runs `post` when the line is free; null while the subscriber is left alone. */
  through<T extends Outcome>(subscription: string, post: () => Promise<T>): Promise<T | null>
  isResting(subscription: string): boolean
  /** Lets a subscriber be called at once: somebody says that it is back. */
  wake(subscription: string): void
}

type Line = { inTurn: InTurn; failures: number; restUntilMs: number }

/** `nowMs` is a steady clock. What is known of the subscribers is kept in memory: after a restart each is tried anew. */
export function createLines(nowMs: () => number = () => performance.now()): Lines {
  const lines = new Map<string, Line>()
  const lineTo = (subscription: string): Line => {
    const line = lines.get(subscription) ?? { inTurn: createTurns(AT_ONCE), failures: 0, restUntilMs: 0 }
    lines.set(subscription, line)
    return line
  }
  const isResting = (subscription: string) => nowMs() < (lines.get(subscription)?.restUntilMs ?? 0)
  return {
    isResting,
    through: (subscription, post) => {
      const line = lineTo(subscription)
      return line.inTurn(async () => {
        if (isResting(subscription)) return null
        const outcome = await post()
        note(line, outcome, nowMs())
        return outcome
      })
    },
    wake: (subscription) => void lines.delete(subscription),
  }
}

function note(line: Line, { isAway, restMs }: Outcome, nowMs: number): void {
  if (nowMs < line.restUntilMs && isAway) return // one of the four that were called together has told already
  line.failures = isAway ? line.failures + 1 : 0
  const backOffMs = isAway ? Math.min(FIRST_REST_MS * 2 ** (line.failures - 1), MAX_REST_MS) : 0
  line.restUntilMs = Math.max(line.restUntilMs, nowMs + Math.max(backOffMs, restMs ?? 0))
}
