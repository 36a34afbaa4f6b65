import { describe, expect, it } from '@jest/globals'
import { createTally } from '../../services/control/history/tally.ts'

const worker = (handled: number, retried = 0, startedAt = 0) => ({ handled, retried, startedAt })

describe('what a queue has done since the last look', () => {
  it('is told from the second look on, of all its workers', () => {
    const tally = createTally(() => 0)

    expect(tally(new Map([['a', worker(100, 7)]]), 0)).toEqual({ handledPerS: null, retried: null })
    expect(
      tally(
        new Map([
          ['a', worker(150, 9)],
          ['b', worker(40, 1)],
        ]),
        5_000,
      ),
    ).toEqual({ handledPerS: 18, retried: 3 })
  })

  it('has nothing of what a worker did before it was seen, and all of one that has started since', () => {
    let now = 1_000
    const tally = createTally(() => now)
    tally(new Map(), 0)
    now = 6_000

    expect(
      tally(
        new Map([
          ['old', worker(500, 0, 10)],
          ['new', worker(25, 2, 3_000)],
        ]),
        5_000,
      ),
    ).toEqual({
      handledPerS: 5,
      retried: 2,
    })
  })

  it('is never less than nothing', () => {
    const tally = createTally(() => 0)
    tally(new Map([['a', worker(100)]]), 0)

    expect(tally(new Map([['a', worker(3)]]), 5_000)).toEqual({ handledPerS: 0, retried: 0 })
  })
})
