import { asCannotStart, CannotStart } from '../shared/cannot-start.ts'
import { launch } from './launch.ts'
import { readLaunchConfig } from './launch-config.ts'

// What `npm start` runs: this process is the launcher, whose only children are Redis, simulators and services.
try {
  process.exit(await launch(readLaunchConfig()))
} catch (cause) {
  const error = asCannotStart(cause)
  if (!(error instanceof CannotStart)) throw error
  console.error(error.message)
  process.exit(1)
}
