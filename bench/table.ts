import { markdownTable, type Row } from '../terminal/table.ts'
import type { Contest, Goal } from './contest.ts'
import { figureOf, judge, ratioOf } from './judge.ts'
import type { Machine } from './machine.ts'
import { inWords, spreadInWords } from './number.ts'
import type { Found, Played } from './rounds.ts'

type Run = { date: string; isQuick: boolean; machine: Machine }

/** All that was found, and what came of the goals, as Markdown that can be read as it stands. */
export function tableOf(results: { contest: Contest; played: Played }[], run: Run): string {
  const found = results.flatMap(({ contest, played }) => figureRows(contest, played.rounds))
  const goals = results.flatMap(({ contest, played }) => goalRows(contest, played.rounds))
  const failures = results.flatMap(({ played }) =>
    played.failures.map((failure) => `FAILED: ${played.contest}, ${failure}`),
  )
  return [
    aboutRun(run),
    markdownTable(['contest', 'contestant', 'figure', 'median (min–max)', 'ours : its'], found),
    markdownTable(['contest', 'goal', 'found (min–max)', 'wanted', 'reached'], goals),
    ...failures,
  ].join('\n\n')
}

function aboutRun({ date, isQuick, machine }: Run): string {
  const { cpus, model, memoryGb, system, node, redis, postgres, fsyncMs, loadAverage } = machine
  const databases = postgres === undefined ? `Redis ${redis}` : `Redis ${redis}, PostgreSQL ${postgres}`
  return [
    `${date.slice(0, 10)}: ${cpus} cores (${model}), ${memoryGb} GB, ${system}, Node ${node}, ${databases};`,
    `4 KB made durable in ${inWords(fsyncMs)} ms; load average before the start ${inWords(loadAverage)}.`,
    ...(isQuick ? ['A quick run, whose figures say little.'] : []),
  ].join(' ')
}

function figureRows({ name, units, contestants }: Contest, rounds: Found[]): Row[] {
  const [first] = contestants
  return contestants.flatMap((contestant) =>
    Object.entries(units).flatMap(([figure, unit]): Row[] => {
      const spread = figureOf(rounds, contestant.name, figure)
      if (spread === undefined) return []
      const ratio = first === contestant ? undefined : ratioOf(rounds, first?.name ?? '', contestant.name, figure)
      return [[name, contestant.name, labelOf(figure, unit), spreadInWords(spread), ratio ? spreadInWords(ratio) : '']]
    }),
  )
}

function goalRows(contest: Contest, rounds: Found[]): Row[] {
  return judge(contest, rounds).map(({ goal, found, isReached }) => {
    const unit = goal.than === undefined ? ` ${contest.units[goal.figure] ?? ''}` : ''
    const reached = isReached === undefined ? 'n/a' : isReached ? 'yes' : 'no'
    return [contest.name, aboutGoal(goal), spreadInWords(found), wantedBy(goal) + unit, reached]
  })
}

function aboutGoal({ figure, ours, than }: Goal): string {
  return than === undefined ? `${figure}: ${ours}` : `${figure}: ${ours} : ${than}`
}

function wantedBy({ atLeast, atMost }: Goal): string {
  const bounds = [atLeast === undefined ? [] : `≥ ${atLeast}`, atMost === undefined ? [] : `≤ ${atMost}`]
  return bounds.flat().join(' and ')
}

const labelOf = (figure: string, unit: string) => (unit === '' ? figure : `${figure} (${unit})`)
