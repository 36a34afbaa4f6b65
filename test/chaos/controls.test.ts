import { describe, expect, it } from '@jest/globals'
import { controls } from '../../chaos/controls.ts'
import { crowdedSale } from '../../chaos/sale-wishes.ts'
import { shortRun } from './runs.ts'

const TRIAL = { orders: 150, durationMs: 6_000, settleLimitMs: 10_000 }
const SWEPT_LIMIT_MS = 80_000 // what no webhook has told is looked for every minute
const LIMIT_MS = 180_000

describe('the chaos run', () => {
  it.each(controls)(
    'fails a shop without the rule that $rule',
    async ({ edits, faults, more, tell }) => {
      const { verdict } = await shortRun({ ...TRIAL, edits, faults, ...more })

      expect(verdict.isPassed).toBe(false)
      expect(verdict.reasons.join('\n')).toMatch(tell)
    },
    LIMIT_MS,
  )

  it(
    'passes the shop as it is under the same faults and limits',
    async () => {
      const faults = controls.flatMap((control) => control.faults).sort((a, b) => a.atMs - b.atMs)

      const { verdict } = await shortRun({
        ...TRIAL,
        faults,
        signUpShare: 0.3,
        sale: { first: [crowdedSale(200, 5)], beside: 1 },
        doubled: ['notification'],
        settleLimitMs: SWEPT_LIMIT_MS,
      })

      expect(verdict.reasons).toEqual([])
    },
    LIMIT_MS,
  )
})
