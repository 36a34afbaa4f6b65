import type { Contest, Figures, Goal } from './contest.ts'
import type { Found } from './rounds.ts'
import { type Spread, spreadOf } from './stats.ts'

/** What came of a goal; `isReached` is undefined when no round could tell. */
export type Verdict = { goal: Goal; found: Spread | undefined; isReached: boolean | undefined }

/** Holds what the rounds have found against the goals of their contest. */
export function judge(contest: Contest, rounds: Found[]): Verdict[] {
  return contest.goals.map((goal) => {
    const { figure, ours, than } = goal
    const found = than === undefined ? figureOf(rounds, ours, figure) : ratioOf(rounds, ours, than, figure)
    return { goal, found, isReached: found && isReached(found.median, goal) }
  })
}

/** A figure of one contestant over all rounds. */
export function figureOf(rounds: Found[], contestant: string, figure: string): Spread | undefined {
  return spreadOf(rounds.flatMap((round) => told(round[contestant], figure)))
}

/**
 * A figure of one contestant divided by that of another. Divided within each round, where both have met the same
 * machine, and only then counted together.
 */
export function ratioOf(rounds: Found[], one: string, other: string, figure: string): Spread | undefined {
  const ratios = rounds.flatMap((round) => {
    const [[above], [below]] = [told(round[one], figure), told(round[other], figure)]
    return above === undefined || below === undefined || below === 0 ? [] : [above / below]
  })
  return spreadOf(ratios)
}

function isReached(median: number, { atLeast = Number.NEGATIVE_INFINITY, atMost = Number.POSITIVE_INFINITY }: Goal) {
  return median >= atLeast && median <= atMost
}

function told(figures: Figures | undefined, figure: string): number[] {
  const value = figures?.[figure]
  return value === undefined || !Number.isFinite(value) ? [] : [value]
}
