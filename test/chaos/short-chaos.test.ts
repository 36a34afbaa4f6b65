import { expect, it } from '@jest/globals'
import { scheduleFaults } from '../../chaos/schedule.ts'
import { shortRun } from './runs.ts'

const SEED = 7
const DURATION_MS = 30_000

it('a shop that is hurt in every way for half a minute keeps all its promises', async () => {
  const faults = scheduleFaults(SEED, { durationMs: DURATION_MS, faultsPerMinute: 200 })

  const { verdict, storm } = await shortRun({
    seed: SEED,
    orders: 600,
    durationMs: DURATION_MS,
    faults,
    settleLimitMs: 120_000,
    doubled: ['notification'],
  })

  expect(verdict.reasons).toEqual([])
  expect(storm.receipts.accepted.size).toBeGreaterThan(450)
  expect(storm.receipts.signUps.size).toBeGreaterThan(20)
  expect(storm.tally.done.size).toBeGreaterThan(15)
}, 300_000)
