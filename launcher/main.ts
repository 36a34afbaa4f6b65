import { launch } from './launch.ts'
import { readLaunchConfig } from './launch-config.ts'
import { LaunchError } from './launch-error.ts'

// What `npm start` runs: this process is the launcher, whose only children are Redis, simulators and services.
try {
  process.exit(await launch(readLaunchConfig()))
} catch (error) {
  if (!(error instanceof LaunchError)) throw error
  console.error(error.message)
  process.exit(1)
}
