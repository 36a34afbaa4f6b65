import { runProgram } from '../shared/service.ts'
import { all, isProgram, programs } from './all.ts'

// What `npm run service -- <name>` runs: one program alone, in this process.
const [, , name = ''] = process.argv
if (isProgram(name)) {
  const { start } = await all[name]()
  await runProgram(name, start)
} else {
  console.error(
    `There is no service ${JSON.stringify(name)}. Say one of these: npm run service -- ${programs.join(' | ')}`,
  )
  process.exitCode = 1
}
