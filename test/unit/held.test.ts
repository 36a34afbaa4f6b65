import { expect, it } from '@jest/globals'
import { createHeld } from '../../shared/protocol/held.ts'
import { quantileOf } from '../../shared/protocol/spans.ts'

const HOUR_MS = 3_600_000

it.each([HOUR_MS, -HOUR_MS])(
  'work takes as long as it does, though the clock of the wall steps by %d ms meanwhile',
  (byMs) => {
    const time = { wall: 1_790_000_000_000, steady: 5_000 }
    const held = createHeld(
      () => time.wall,
      () => time.steady,
    )
    held.take({ id: 'a', stamp: time.wall - 100 })

    time.wall += byMs
    time.steady += 1_000
    held.putDown('a')

    const { wait, work } = held.times()
    expect(quantileOf(wait, 0.5)).toBeCloseTo(100, -2)
    expect(Math.abs((quantileOf(work, 0.5) ?? 0) - 1_000)).toBeLessThan(250) // right to a fifth
  },
)
