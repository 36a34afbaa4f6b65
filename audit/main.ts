import { run } from './run.ts'

// What `npm run audit` runs.
process.exitCode = await run(process.argv.slice(2), process.env, console)
