import TestSequencer from '@jest/test-sequencer'

const SLOWEST_FIRST = ['chaos/', 'e2e/', 'unit/'] // folders of test/

/** Units that take more than ten seconds, most of them short files: where Jest knows no times yet they would be begun last. */
const LONG_UNIT =
  /\/unit\/(bus|clocks|history|live-crowd|model|notification-alert-crowd|order-peaks|outage|pace|payment-hosted|redis-sentinel|sale-peaks|setup|shards|shards-killed|shelf-labels|trouble|webhooks|window)\.test/

/**
 * The order of the test files for Jest: whole shops first, because they take longest, and what is begun last should
 * not be waited for alone. Within a folder as Jest has it: by how long they took last time, or by size.
 */
export default class ShopsFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => place(a) - place(b))
  }
}

const place = ({ path }) =>
  LONG_UNIT.test(path)
    ? SLOWEST_FIRST.length - 1.5
    : SLOWEST_FIRST.findIndex((folder) => path.includes(`/test/${folder}`))
