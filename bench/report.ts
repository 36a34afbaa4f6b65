import type { Contest, Figures } from './contest.ts'
import { inWords } from './number.ts'
import type { Tell } from './rounds.ts'

const CONTESTANT_WIDTH = 56

/** Tells on the terminal how the run goes: one line per play, and what the plays themselves have to say. */
export const progress: Tell = {
  played: (contest, contestant, round, figures, tookMs) => {
    const seconds = `${(tookMs / 1_000).toFixed(1)} s`.padStart(8)
    console.log(
      `${headOf(contest.name, round)}${contestant.name.padEnd(CONTESTANT_WIDTH)}${seconds}  ${told(figures, contest)}`,
    )
  },
  failed: (contest, contestant, round, error) => {
    console.error(`${headOf(contest.name, round)}${contestant.name} FAILED:`, error)
  },
  said: (line) => console.log(`    ${line}`),
}

function headOf(contest: string, round: string): string {
  return `${contest.padEnd(17)}${round.padEnd(15)}`
}

function told(figures: Figures, { units }: Contest): string {
  const known = Object.entries(units).filter(([name]) => figures[name] !== undefined)
  return known.map(([name, unit]) => `${name} ${inWords(figures[name] ?? Number.NaN)} ${unit}`).join(', ')
}
