import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { commandLine } from '../terminal/command-line.ts'
import type { AuditOptions } from './audit.ts'
import { Unusable } from './unusable.ts'

export const usage = `Usage: npm run audit -- [options]
  --data-dir <folder>          the shop's folder; by default DATA_DIR, or data
  --database <url>             its PostgreSQL database; by default DATABASE_URL. Then the folder has only what gateways and mailbox keep
  --at-rest                    all work is done: whatever is not done is wrong
  --accepted <file>            ids of orders that were accepted, one a line: each must be in the books
  --allow-duplicate-mails <n>  so many second copies of mails are explained by crashes
  --allow-duplicate-sms <n>    likewise of SMS, beyond those whose first copy the gateway left unanswered
  --allow-dead-letters <n>     so many dead letters about no order are there on purpose
  --json                       the report as JSON
Exits with 0 when all is well, with 1 when something is wrong, with 2 when it cannot be told.`

export type Arguments = {
  dataDir: string
  database: string | undefined
  options: AuditOptions
  isJson: boolean
  isHelp: boolean
}

const known = {
  'data-dir': { type: 'string' },
  database: { type: 'string' },
  'at-rest': { type: 'boolean' },
  accepted: { type: 'string' },
  'allow-duplicate-mails': { type: 'string', default: '0' },
  'allow-duplicate-sms': { type: 'string', default: '0' },
  'allow-dead-letters': { type: 'string', default: '0' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const { read, count } = commandLine(usage)

/** Reads the command line. Throws `BadCommandLine` when it makes no sense, `Unusable` when a file cannot be read. */
export function readArguments(given: string[], env: NodeJS.ProcessEnv): Arguments {
  const { values } = read({ args: given, options: known })
  const accepted = values.accepted === undefined ? [] : idsIn(values.accepted)
  return {
    dataDir: resolve(values['data-dir'] ?? (env.DATA_DIR || 'data')),
    database: values.database ?? (env.DATABASE_URL || undefined),
    isJson: values.json,
    isHelp: values.help,
    options: {
      atRest: values['at-rest'] ?? false,
      accepted,
      allowDuplicateMails: count('allow-duplicate-mails', values['allow-duplicate-mails']),
      allowDuplicateSms: count('allow-duplicate-sms', values['allow-duplicate-sms']),
      allowDeadLetters: count('allow-dead-letters', values['allow-dead-letters']),
    },
  }
}

function idsIn(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean)
  } catch (cause) {
    throw new Unusable(`${path} cannot be read`, { cause })
  }
}
