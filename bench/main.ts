import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { BadCommandLine } from '../terminal/command-line.ts'
import { type Arguments, readArguments, usageOf } from './arguments.ts'
import { chartOf } from './chart.ts'
import { contests } from './contests.ts'
import { type FiguresFile, readFigures, writeFigures } from './figures-file.ts'
import { describeMachine } from './machine.ts'
import { progress } from './report.ts'
import { type Played, playContest } from './rounds.ts'
import { tableOf } from './table.ts'

// Under the checkout and not in the system's folder for such things, which is in memory on some machines: an fsync
// there costs nothing, and the figures would be lies.
const FOLDER = '.bench'
const names = contests.map(({ name }) => name)

// What `npm run bench` runs: 0 when all could be measured, 1 when not, 2 when the command line makes no sense.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => process.exit(1))
try {
  const given = readArguments(process.argv.slice(2), names)
  if (given.isHelp) console.log(usageOf(names))
  else process.exit((await run(given)) ? 0 : 1)
} catch (error) {
  console.error(error instanceof BadCommandLine ? error.message : error)
  process.exit(error instanceof BadCommandLine ? 2 : 1)
}

async function run(given: Arguments): Promise<boolean> {
  const figures = given.from.length > 0 ? joined(given.from.map(readFigures)) : await measure(given)
  const known = contests.flatMap((contest) => {
    const played = figures.contests.find((one) => one.contest === contest.name)
    return played === undefined ? [] : [{ contest, played }]
  })
  console.log(`\n${tableOf(known, figures)}`)
  if (given.svgFile !== undefined) writeFileSync(given.svgFile, chartOf(known))
  return figures.contests.every(({ failures }) => failures.length === 0)
}

async function measure({ names, rounds, isQuick, jsonFile }: Arguments): Promise<FiguresFile> {
  const folder = emptyFolder()
  const played: Played[] = []
  const figures = { date: new Date().toISOString(), isQuick, machine: describeMachine(folder), contests: played }
  for (const contest of contests.filter(({ name }) => names.includes(name))) {
    console.log(`\n${contest.name}: ${contest.what}`)
    const whyNot = contest.cannotPlay?.()
    if (whyNot !== undefined) {
      console.log(`Not played: ${whyNot}`)
      continue
    }
    played.push(await playContest(contest, { folder, isQuick, rounds, tell: progress }))
    writeFigures(jsonFile, figures) // after each, for a run of an hour may be cut short
  }
  if (played.length > 0) console.log(`\nThe figures of every round are in ${jsonFile}`)
  return figures
}

function emptyFolder(): string {
  mkdirSync(FOLDER, { recursive: true })
  const folder = mkdtempSync(resolve(FOLDER, 'run-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Of runs that played different contests; of a contest that several played, the last counts. */
function joined(runs: FiguresFile[]): FiguresFile {
  const [first] = runs
  if (first === undefined) throw new Error('there is nothing to join')
  const byName = new Map(runs.flatMap((run) => run.contests.map((played) => [played.contest, played] as const)))
  return { ...first, isQuick: runs.some(({ isQuick }) => isQuick), contests: [...byName.values()] }
}
