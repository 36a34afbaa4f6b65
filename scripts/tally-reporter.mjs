import { writeSync } from 'node:fs'

const STDERR = 2 // where Jest's summary goes, so that neither overtakes the other
const LINGER_LIMIT_MS = 30_000 // what a test has left open, and what would never end by itself, is a failure

/** A Jest reporter which names what a second try has saved, and whose last line is the last of all, `N passed, N failed`, for machines to read. */
export default class TallyReporter {
  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
    for (const name of passedLate(testResults)) console.error(`passed only when it was tried again: ${name}`)
    // a file that could not even be loaded has no tests to count, and is a failure all the same
    const tally = `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed\n`
    process.once('exit', () => writeSync(STDERR, tally)) // Jest prints its own summary after all reporters
    setTimeout(endLingering, LINGER_LIMIT_MS).unref()
  }
}

const passedLate = (files) =>
  files.flatMap(({ testResults }) =>
    testResults
      .filter(({ status, invocations }) => status === 'passed' && invocations > 1)
      .map(({ fullName }) => fullName),
  )

function endLingering() {
  console.error(`The tests are over, and this is still open: ${process.getActiveResourcesInfo().join(', ')}`)
  process.exit(1)
}
