/**
 * How many spans of time there were of each length: one number for each step of √2 from 1 ms on, so that a quantile read from
 * them is right to a fifth, at any length.
 */
export type Spans = readonly number[]

const STEPS_AN_OCTAVE = 2
const STEPS = 64 // 50 days; what is longer counts there, too

/** Counts spans. What is shorter than a ms, or comes out negative between two clocks, counts as none. */
export function createSpans() {
  const counts: number[] = []
  return {
    note: (ms: number): void => {
      const step = stepOf(ms)
      while (counts.length <= step) counts.push(0)
      counts[step] = (counts[step] ?? 0) + 1
    },
    counts: (): Spans => [...counts],
  }
}

const stepOf = (ms: number) => (ms < 1 ? 0 : Math.min(STEPS, 1 + Math.floor(Math.log2(ms) * STEPS_AN_OCTAVE)))

/** What was counted by several. */
export function sumOfSpans(all: Spans[]): number[] {
  const length = Math.max(0, ...all.map((spans) => spans.length))
  return Array.from({ length }, (_, step) => all.reduce((sum, spans) => sum + (spans[step] ?? 0), 0))
}

/** What was counted since `before`. */
export function spansSince(now: Spans, before: Spans): number[] {
  return now.map((count, step) => Math.max(0, count - (before[step] ?? 0)))
}

/** The length (ms) that a share of the spans stay within; null where there were none. */
export function quantileOf(spans: Spans, share: number): number | null {
  const total = spans.reduce((sum, count) => sum + count, 0)
  if (total === 0) return null
  let seen = 0
  const step = spans.findIndex((count) => {
    seen += count
    return seen >= share * total
  })
  return lengthOf(step)
}

/** The middle of a step, as lengths multiply. */
function lengthOf(step: number): number {
  return step === 0 ? 0 : Math.round(2 ** ((step - 0.5) / STEPS_AN_OCTAVE))
}
