import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { commandLine } from '../terminal/command-line.ts'
import type { Plan } from './run-fuzz.ts'

export const usage = `Usage: npm run fuzz -- [options]
  --seed <n>      sends the requests of that seed again; by default a new one
  --requests <n>  how many; 20000
Exits with 0 when all is well, with 1 when something is wrong, with 2 when it cannot be told.`

const known = {
  seed: { type: 'string' },
  requests: { type: 'string', default: '20000' },
  help: { type: 'boolean', default: false },
} as const

const { read, count } = commandLine(usage)

/** Reads the command line. Throws `BadCommandLine` when it makes no sense. Null when all that is wanted is help. */
export function readArguments(given: string[]): Plan | null {
  const { values } = read({ args: given, options: known })
  if (values.help) return null
  return {
    seed: values.seed === undefined ? Date.now() % 1_000_000 : count('seed', values.seed),
    requests: count('requests', values.requests, 1),
    dataDir: mkdtempSync(join(tmpdir(), 'orderline-fuzz-')),
    edits: [],
  }
}
