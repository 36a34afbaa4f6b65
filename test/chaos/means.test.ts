import { describe, expect, it } from '@jest/globals'
import { findClocks } from '../../chaos/clocks.ts'
import type { Fault } from '../../chaos/fault.ts'
import { had, type Means, meansFor, missingAmong } from '../../chaos/means.ts'
import { tableOf } from '../../chaos/table.ts'
import { shortRun } from './runs.ts'

describe('what a fault takes', () => {
  const step: Fault = { atMs: 1, kind: 'clock step', whose: 'all', byMs: -3_600_000, forMs: 2_000 }
  const none: Means<number> = { why: 'it is not installed' }

  it('is got for the faults that are planned, and for no others', () => {
    expect(meansFor('disk full', [step], () => none)).toBeUndefined()
    expect(had(meansFor('clock step', [step], () => ({ have: 1 })))).toBe(1)
  })

  it('and is not to be had is named with the reason', () => {
    const missing = missingAmong([
      ['clock step', none],
      ['disk full', { have: 1 }],
      ['lock', undefined],
    ])

    expect([...missing]).toEqual([['clock step', 'it is not installed']])
  })

  it('makes a run do the fault, or say why it does not', async () => {
    const { verdict, storm, ...report } = await shortRun({ faults: [step] })

    const clocks = had(findClocks())
    clocks?.remove()
    const isDone = storm.tally.done.get('clock step of all') === 1
    expect(verdict.reasons).toEqual([])
    expect(isDone).toBe(clocks !== undefined)
    expect(tableOf({ ...report, storm, verdict }).includes('clock step, not available here')).toBe(!isDone)
  }, 120_000)
})
