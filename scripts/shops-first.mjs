import TestSequencer from '@jest/test-sequencer'

const SLOWEST_FIRST = ['chaos', 'e2e', 'unit'] // folders of test/

/**
 * The order of the test files for Jest: whole shops first, because they take longest, and what is begun last should
 * not be waited for alone. Within a folder as Jest has it: by how long they took last time, or by size.
 */
export default class ShopsFirst extends TestSequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => place(a) - place(b))
  }
}

const place = ({ path }) => SLOWEST_FIRST.findIndex((folder) => path.includes(`/test/${folder}/`))
