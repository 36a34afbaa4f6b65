import { describe, expect, it } from '@jest/globals'
import { v7 as uuidv7 } from 'uuid'
import { Busy, Deferral, Outage } from '../../shared/events.ts'
import { fateOf } from '../../shared/protocol/retry.ts'

const DAY_MS = 24 * 3_600_000
const full = new Deferral('452 mailbox full', { firstMs: 5_000, maxMs: 1_800_000, giveUpMs: 5 * DAY_MS })
const away = new Outage('421')
const bug = new Error('of ours')
const always = () => 1 // no jitter

const messageOf = (ageMs = 0) => ({ id: uuidv7({ msecs: Date.now() - ageMs }), at: Date.now() - ageMs, attempt: 1 })

/** What becomes of a message that fails in these ways, one after the other. */
function tryOut(errors: unknown[], from = messageOf()) {
  const delaysMs: number[] = []
  let message: Parameters<typeof fateOf>[1] = from
  for (const error of errors) {
    const fate = fateOf(error, message, always)
    if (fate.kind === 'bury') return { delaysMs, reason: fate.reason }
    delaysMs.push(fate.delayMs)
    message = { ...message, ...fate.tally }
  }
  return { delaysMs, reason: null }
}
const times = (count: number, error: unknown) => Array.from({ length: count }, () => error)

describe('a message that is put off', () => {
  it('waits longer and longer, half an hour at most, and is given up with the reason after five days', () => {
    const { delaysMs, reason } = tryOut(times(1_000, full))

    expect(delaysMs.slice(0, 4)).toEqual([5_000, 10_000, 20_000, 40_000])
    expect(delaysMs.at(-1)).toBe(1_800_000)
    const waitedMs = delaysMs.reduce((sum, ms) => sum + ms, 0)
    expect([Math.floor(waitedMs / DAY_MS), reason]).toEqual([5, 'put off for 120 h: 452 mailbox full'])
  })

  it('is not given up for the outages that it has sat out before, nor put off longer for them', () => {
    expect(tryOut([...times(1_000, away), full]).delaysMs.at(-1)).toBe(5_000)
  })

  it('is given a fair share of tries although the shop was closed for all these days', () => {
    const { delaysMs, reason } = tryOut(times(1_000, full), messageOf(6 * DAY_MS))

    expect(reason).toBe('put off for 120 h: 452 mailbox full')
    expect(delaysMs.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(3_600_000)
    expect(delaysMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(2 * 3_600_000)
  })
})

describe('a message that the world outside had no time for', () => {
  it('has not been tried, and comes back when it has', () => {
    const message = { ...messageOf(), attempt: 3, failed: 2, deferred: 1 }
    const fate = fateOf(new Busy('429', 30_000), message, () => 0.5)

    expect(fate).toEqual({ kind: 'retry', delayMs: 30_500, tally: { attempt: 3, failed: 2, deferred: 1 } })
  })
})

describe('a message that fails', () => {
  it('is given up the eighth time, with the reason', () => {
    expect(tryOut(times(20, bug))).toMatchObject({ reason: 'failed 8 times: of ours', delaysMs: { length: 7 } })
  })

  it('is given as many tries after an outage, and after it was put off', () => {
    expect(tryOut([...times(50, away), ...times(20, bug)]).reason).toBe('failed 8 times: of ours')
    expect(tryOut([...times(50, away), ...times(7, bug)]).reason).toBeNull()
    expect(tryOut([...times(50, full), ...times(7, bug)]).reason).toBeNull()
  })
})

describe('an outage', () => {
  it('is sat out for as long as it lasts', () => {
    expect(tryOut(times(10_000, away)).reason).toBeNull()
  })
})
