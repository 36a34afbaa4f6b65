import { describe, expect, it } from '@jest/globals'
import { controls } from '../../chaos/controls.ts'
import { shortRun } from './runs.ts'

const TRIAL = { orders: 150, durationMs: 6_000, settleLimitMs: 15_000 }
const LIMIT_MS = 120_000

describe('the chaos run', () => {
  it.each(controls)(
    'fails a shop without the rule that $rule',
    async ({ edits, faults, tell }) => {
      const { verdict } = await shortRun({ ...TRIAL, edits, faults })

      expect(verdict.isPassed).toBe(false)
      expect(verdict.reasons.join('\n')).toMatch(tell)
    },
    LIMIT_MS,
  )

  it(
    'passes the shop as it is under the same faults and limits',
    async () => {
      const faults = controls.flatMap((control) => control.faults).sort((a, b) => a.atMs - b.atMs)

      const { verdict } = await shortRun({ ...TRIAL, faults })

      expect(verdict.reasons).toEqual([])
    },
    LIMIT_MS,
  )
})
