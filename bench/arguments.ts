import { parseArgs } from 'node:util'

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

/** The command line makes no sense; the message says why, and what does. */
export class BadArguments extends Error {
  override name = 'BadArguments'
}

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

/** Reads the command line; `all` are the names of the contests there are. Throws `BadArguments`. */
export function readArguments(given: string[], all: readonly string[]): Arguments {
  const { values, positionals } = parse(given, all)
  const unknown = positionals.find((word) => !all.some((name) => isMeant(name, word)))
  if (unknown !== undefined) throw refusal(`there is no contest called ${unknown}`, all)
  return {
    names:
      positionals.length === 0 ? all.filter((name) => name !== LONG) : all.filter((name) => isAsked(name, positionals)),
    rounds: values.rounds === undefined ? undefined : roundsIn(values.rounds, all),
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

function parse(given: string[], all: readonly string[]) {
  try {
    return parseArgs({ args: given, options: known, allowPositionals: true })
  } catch (cause) {
    throw refusal(cause instanceof Error ? cause.message : String(cause), all)
  }
}

function roundsIn(text: string, all: readonly string[]): number {
  const rounds = Number(text)
  if (!Number.isSafeInteger(rounds) || rounds < 1) throw refusal(`--rounds ${text} is not a whole number above 0`, all)
  return rounds
}

function refusal(why: string, all: readonly string[]): BadArguments {
  return new BadArguments(`${why}\n${usageOf(all)}`)
}
