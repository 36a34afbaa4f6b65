import { mkdirSync } from 'node:fs'
import { removeRoots } from './images.ts'
import { rehearse } from './rehearse.ts'
import { run } from './run.ts'
import { variablesIn } from './variables.ts'

// What main.ts runs within namespaces. The folders that tools note things in are its own, too, and gone with it.
const [file = '', envFile = '', patience = '1'] = process.argv.slice(2)
try {
  for (const folder of ['/run/netns', '/run/rehearsal']) {
    mkdirSync(folder, { recursive: true })
    await run('mount', ['-t', 'tmpfs', 'tmpfs', folder])
  }
  await removeRoots()
  await rehearse(file, variablesIn(envFile, process.env), Number(patience), (line) => console.log(`rehearsal: ${line}`))
  console.log(`rehearsal: ${file} works as written`)
} catch (error) {
  console.error(`rehearsal: ${file} failed: ${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await removeRoots().catch(() => {}) // the next rehearsal does
}
process.exit()
