import type { AnomalyKind } from './summary-answer.ts'

/** How often something is told in a minute, as a rule: nine of ten minutes have `low` or more, nine of ten `high` or fewer. */
export type Usual = { low: number; high: number }

const FEW = 10 // in a minute: nobody is to look at what happens that seldom because it happens twice as often
const SPREAD = 4 // times the square root: chance alone does that once in thirty thousand minutes

/** By what the minutes that it is compared with had. */
export function usualOf(counts: number[]): Usual {
  const sorted = counts.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return { low: at(0.1), high: at(0.9) }
}

/** Whether a minute is out of the usual; null where it is not. */
export function kindOf(count: number, { low, high }: Usual): Exclude<AnomalyKind, 'new'> | null {
  if (count >= FEW && count >= 2 * high && count > high + SPREAD * Math.sqrt(high + 1)) return 'more'
  if (count <= low / 2 && count < low - SPREAD * Math.sqrt(low)) return 'less'
  return null
}

/** What is usual when more orders come than usual, or fewer, in this minute and the one before: nearly all that is told follows from orders. */
export function withDemand({ low, high }: Usual, [now, before]: readonly [number, number], usually: Usual): Usual {
  const more = Math.max(1, Math.max(now, before) / Math.max(1, usually.high))
  const less = Math.min(1, Math.min(now, before) / Math.max(1, usually.low))
  return { low: Math.floor(low * less), high: Math.ceil(high * more) }
}
