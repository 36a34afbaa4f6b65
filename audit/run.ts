import { BadCommandLine } from '../terminal/command-line.ts'
import { readArguments, usage } from './arguments.ts'
import { audit, auditDatabase } from './audit.ts'
import { jsonOf, tableOf } from './table.ts'
import { Unusable } from './unusable.ts'

type Out = { log(text: string): void; error(text: unknown): void }

/** The command: 0 when all is well, 1 when something is wrong, 2 when that cannot be told. */
export async function run(given: string[], env: NodeJS.ProcessEnv, out: Out): Promise<0 | 1 | 2> {
  try {
    const { dataDir, database, options, isJson, isHelp } = readArguments(given, env)
    if (isHelp) return say(usage, out)
    const report = database === undefined ? audit(dataDir, options) : await auditDatabase(database, dataDir, options)
    out.log(isJson ? jsonOf(report) : tableOf(report))
    return report.isWell ? 0 : 1
  } catch (error) {
    const isExpected = error instanceof Unusable || error instanceof BadCommandLine
    out.error(isExpected ? `The audit cannot be made: ${error.message}` : error)
    return 2
  }
}

function say(text: string, out: Out): 0 {
  out.log(text)
  return 0
}
