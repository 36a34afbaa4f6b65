import { commandLine } from '../terminal/command-line.ts'

/** What can be asked for; `all` are the names of the contests there are. */
export const usageOf = (all: readonly string[]) => `Usage: npm run bench -- [contests] [options]
  contests        of ${all.join(', ')};
                  a name stands for all that begin with it, and none for all but backlog, which takes long
  --rounds <n>    how often each contest is played; by default as often as it asks for
  --quick         one small round of each, to see that it works: its figures say little
  --json <file>   where the figures of every round go; .bench/figures.json
  --svg <file>    draws the chart there, too
  --from <file>   plays nothing: table and chart of figures found earlier; more than one file may be given
Exits with 0 when everything could be measured, with 1 when not, with 2 when the command line makes no sense.`

export type Arguments = {
  names: string[]
  rounds: number | undefined
  isQuick: boolean
  jsonFile: string
  svgFile: string | undefined
  from: string[]
  isHelp: boolean
}

const known = {
  rounds: { type: 'string' },
  quick: { type: 'boolean', default: false },
  json: { type: 'string', default: '.bench/figures.json' },
  svg: { type: 'string' },
  from: { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line; `all` are the names of the contests there are. Throws `BadCommandLine`. */
export function readArguments(given: string[], all: readonly string[]): Arguments {
  const { read, count, refuse } = commandLine(usageOf(all))
  const { values, positionals } = read({ args: given, options: known, allowPositionals: true })
  const unknown = positionals.find((word) => !all.some((name) => isMeant(name, word)))
  if (unknown !== undefined) refuse(`there is no contest called ${unknown}`)
  return {
    names:
      positionals.length === 0 ? all.filter((name) => name !== LONG) : all.filter((name) => isAsked(name, positionals)),
    rounds: values.rounds === undefined ? undefined : count('rounds', values.rounds, 1),
    isQuick: values.quick,
    jsonFile: values.json,
    svgFile: values.svg,
    from: values.from,
    isHelp: values.help,
  }
}

const LONG = 'backlog' // about ten minutes
const isAsked = (name: string, words: string[]) => words.some((word) => isMeant(name, word))
const isMeant = (name: string, word: string) => name === word || name.startsWith(`${word}-`)
