import { expect, it } from '@jest/globals'
import { scheduleFaults } from '../../chaos/schedule.ts'
import { shortRun } from './runs.ts'

const SEED = 7
const DURATION_MS = 45_000

it('a shop that is hurt in every way for three quarters of a minute keeps all its promises', async () => {
  const faults = scheduleFaults(SEED, { durationMs: DURATION_MS, faultsPerMinute: 200 })

  const { verdict, storm } = await shortRun({
    seed: SEED,
    orders: 900,
    durationMs: DURATION_MS,
    faults,
    settleLimitMs: 120_000,
    isDoubled: true,
  })

  expect(verdict.reasons).toEqual([])
  expect(storm.receipts.accepted.size).toBeGreaterThan(700)
  expect(storm.receipts.signUps.size).toBeGreaterThan(20)
  expect(storm.tally.done.size).toBeGreaterThan(15)
}, 300_000)
