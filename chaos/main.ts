import { rmSync, writeFileSync } from 'node:fs'
import { BadCommandLine } from '../terminal/command-line.ts'
import { type Arguments, readArguments } from './arguments.ts'
import { findRoom, runInRoom, whenToldToEnd } from './hosts/room.ts'
import { runOnHosts } from './hosts/run-on-hosts.ts'
import { goOnAfterPausedReads } from './known-crash.ts'
import { runChaos } from './run-chaos.ts'
import { jsonOf, tableOf } from './table.ts'
import { usage } from './usage.ts'

goOnAfterPausedReads()

// What `npm run chaos` runs: 0 when all is well, 1 when something is wrong, 2 when that cannot be told.
try {
  const given = readArguments(process.argv.slice(2))
  if (given.isHelp) console.log(usage)
  else if (given.hosts?.room === null) process.exit(await enterRoom())
  else process.exit((await run(given)) ? 0 : 1)
} catch (error) {
  console.error(error instanceof BadCommandLine ? error.message : error)
  process.exit(2)
}

/** 2 where no hosts can be made: then nothing can be told. */
async function enterRoom(): Promise<number> {
  const room = findRoom()
  if ('have' in room) return runInRoom(process.argv.slice(2))
  console.error(`Skipped, for hosts cannot be made here: ${room.why}`)
  return 2
}

async function run({ plan, isDataDirOurs, jsonFile, hosts }: Arguments): Promise<boolean> {
  const stop = new AbortController()
  if (hosts !== null) whenToldToEnd(() => stop.abort())
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const) process.on(name, () => stop.abort())
  console.log(`seed ${plan.seed}: ${plan.orders} customers, ${plan.faults.length} faults; files in ${plan.dataDir}`)
  const folder = hosts?.room
  const report =
    typeof folder === 'string'
      ? await runOnHosts(plan, { folder, signal: stop.signal, say: console.log })
      : await runChaos(plan, stop.signal, console.log)
  console.log(tableOf(report))
  if (stop.signal.aborted) console.log('The run was ended before its time.')
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${jsonOf(report)}\n`)
  const { isPassed } = report.verdict
  if (isPassed && isDataDirOurs) rmSync(plan.dataDir, { recursive: true, force: true })
  else console.log(`Its files are kept in ${plan.dataDir}`)
  return isPassed
}
