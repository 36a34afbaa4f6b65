import { rmSync } from 'node:fs'
import { BadCommandLine } from '../terminal/command-line.ts'
import { readArguments, usage } from './arguments.ts'
import { type Plan, runFuzz } from './run-fuzz.ts'
import { tableOf } from './table.ts'

// What `npm run fuzz` runs: 0 when all is well, 1 when something is wrong, 2 when that cannot be told.
try {
  const plan = readArguments(process.argv.slice(2))
  if (plan === null) console.log(usage)
  else process.exit((await run(plan)) ? 0 : 1)
} catch (error) {
  console.error(error instanceof BadCommandLine ? error.message : error)
  process.exit(2)
}

async function run(plan: Plan): Promise<boolean> {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(name, () => stop.abort())
  console.log(`seed ${plan.seed}: ${plan.requests} requests; files in ${plan.dataDir}`)
  const report = await runFuzz(plan, stop.signal, console.log)
  console.log(tableOf(report))
  if (stop.signal.aborted) console.log('The run was ended before its time.')
  const isPassed = report.findings.length === 0
  if (isPassed) rmSync(plan.dataDir, { recursive: true, force: true })
  else console.log(`Its files are kept in ${plan.dataDir}`)
  return isPassed
}
