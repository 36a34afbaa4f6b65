import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { AuditOptions } from './audit.ts'
import { Unusable } from './unusable.ts'

export const usage = `Usage: npm run audit -- [options]
  --data-dir <folder>          the shop's folder; by default DATA_DIR, or data
  --at-rest                    all work is done: whatever is not done is wrong
  --accepted <file>            ids of orders that were accepted, one a line: each must be in the books
  --allow-duplicate-mails <n>  so many second copies of mails are explained by crashes
  --allow-dead-letters <n>     so many dead letters about no order are there on purpose
  --json                       the report as JSON
Exits with 0 when all is well, with 1 when something is wrong, with 2 when it cannot be told.`

export type Arguments = { dataDir: string; options: AuditOptions; isJson: boolean; isHelp: boolean }

const known = {
  'data-dir': { type: 'string' },
  'at-rest': { type: 'boolean' },
  accepted: { type: 'string' },
  'allow-duplicate-mails': { type: 'string', default: '0' },
  'allow-dead-letters': { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/** Reads the command line. Throws `Unusable`, with the usage, when it makes no sense. */
export function readArguments(given: string[], env: NodeJS.ProcessEnv): Arguments {
  const values = parse(given)
  const accepted = values.accepted === undefined ? [] : idsIn(values.accepted)
  return {
    dataDir: resolve(values['data-dir'] ?? (env.DATA_DIR || 'data')),
    isJson: values.json,
    isHelp: values.help,
    options: {
      atRest: values['at-rest'] ?? false,
      accepted,
      allowDuplicateMails: countIn(values['allow-duplicate-mails']),
      allowDeadLetters: countIn(values['allow-dead-letters']),
    },
  }
}

function parse(given: string[]) {
  try {
    return parseArgs({ args: given, options: known }).values
  } catch (cause) {
    throw new Unusable(`${cause instanceof Error ? cause.message : cause}\n${usage}`, { cause })
  }
}

function countIn(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Unusable(`${text} is not a number\n${usage}`)
  return Number(text)
}

function idsIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
  } catch (cause) {
    throw new Unusable(`${path} cannot be read`, { cause })
  }
}
