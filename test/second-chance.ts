import { jest } from '@jest/globals'

// A build shares its machine with whoever is there: what fails once is tried once more, and the tally names it.
jest.retryTimes(1, { logErrorsBeforeRetry: true })
