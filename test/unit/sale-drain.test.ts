import { describe, expect, it } from '@jest/globals'
import { createDrain } from '../../services/sale/drain.ts'

const SECOND_MS = 1_000

describe('how many were let in in the last minute', () => {
  it('is what has come in it, and nothing once the sale is over', () => {
    let now = 1_000_000
    const { perMinute } = createDrain(() => now)
    const afterS = (seconds: number, admissions: number) => {
      let drained = 0
      for (let s = 0; s < seconds; s++) {
        now += SECOND_MS
        drained = perMinute({ id: 's', admissions, endedAt: null })
      }
      return drained
    }

    expect(afterS(1, 40)).toBe(0) // whoever was let in before we looked
    expect(afterS(30, 45)).toBe(5)
    expect(afterS(29, 46)).toBe(6)
    expect(afterS(20, 46)).toBe(1)
    expect(afterS(60, 46)).toBe(0)
    expect(perMinute({ id: 's', admissions: 99, endedAt: now })).toBe(0)
  })
})
