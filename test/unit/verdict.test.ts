import { describe, expect, it } from '@jest/globals'
import type { Waiting } from '../../shared/protocol/outbox-rows.ts'
import { parseStatus } from '../../shared/protocol/status.ts'
import { OUTBOX_MAX_AGE_MS, type Situation, verdictOn } from '../../shared/protocol/verdict.ts'

const NOW = 2_000_000_000_000
const row = (more: Partial<Waiting> = {}): Waiting => ({
  event: 1,
  id: 'm',
  attempt: 1,
  stamp: NOW - 1_000,
  crashes: 0,
  enqueuedAt: NOW - 1_000,
  ...more,
})
const situation = (more: Partial<Situation> = {}): Situation => ({
  now: NOW,
  poppedFor: (ms, margin = 0) => NOW - ms - margin, // others have been pushed since, and popped long ago
  epochStamp: 0,
  unchangedForMs: () => 0,
  answerableForMs: Number.POSITIVE_INFINITY,
  isLive: (worker) => worker === 'alive',
  ...more,
})
const verdict = (of: Partial<Waiting>, status: string | null, seen: Partial<Situation> = {}) =>
  verdictOn(row(of), parseStatus(status), situation(seen))
const push = (as: object = {}) => ({ kind: 'push', as: { attempt: 1, crashes: 0, ...as } })
const old = { stamp: NOW - 31_000 }
const held = (by: string) => `processing:${by}:${NOW + 3_600_000}` // by the clock of that worker
const seenFor = (ms: number) => ({ unchangedForMs: () => ms })
const waitingSince = (stamp: number) => ({ poppedFor: (ms: number) => Math.min(NOW - ms, stamp) })

describe('what a sender does about a row', () => {
  it('lets it go when the receiver has said a final word', () => {
    expect(verdict({}, 'done')).toEqual({ kind: 'settled' })
    expect(verdict({}, 'dead')).toEqual({ kind: 'settled' })
  })

  it('waits while the grace of a live holder lasts, and pushes again after it', () => {
    expect(verdict(old, held('alive'), seenFor(29_999))).toEqual({ kind: 'wait' })
    expect(verdict(old, held('alive'), seenFor(30_000))).toEqual(push())
  })

  it('waits only seconds for a word on what was popped and nobody holds', () => {
    expect(verdict({ stamp: NOW - 4_000 }, null)).toEqual({ kind: 'wait' })
    expect(verdict({ stamp: NOW - 4_001 }, null)).toEqual(push())
  })

  it('counts from when it was popped, however long it waited', () => {
    const poppedJustNow = { poppedFor: (ms: number) => (ms < 200 ? NOW - ms : NOW - 90_000) }
    expect(verdict({ stamp: NOW - 80_000 }, null, poppedJustNow)).toEqual({ kind: 'wait' })
    expect(verdict({ stamp: NOW - 80_000 }, null, { ...poppedJustNow, epochStamp: NOW - 300 })).toEqual(push())
  })

  it('waits, however long, while the row is still in the list', () => {
    expect(verdict({ stamp: NOW - 600_000 }, null, waitingSince(NOW - 600_000))).toEqual({ kind: 'wait' })
    expect(verdict({ stamp: NOW - 600_000 }, null, waitingSince(0))).toEqual({ kind: 'wait' })
  })

  it('gives no grace to what was pushed before a worker or Redis was lost', () => {
    expect(verdict({ stamp: NOW - 500 }, null, { epochStamp: NOW - 300 })).toEqual(push())
    expect(verdict({ stamp: NOW - 200 }, null, { epochStamp: NOW - 300 })).toEqual({ kind: 'wait' })
  })

  it('leaves what a live worker holds to it, even when another is gone', () => {
    const changed = { epochStamp: NOW }
    expect(verdict({}, held('alive'), changed)).toEqual({ kind: 'wait' })
    expect(verdict({}, held('gone'), changed)).toEqual(push({ crashes: 1 }))
  })

  it('pushes at once what a dead worker held, whether or not it was seen to go', () => {
    const stamp = NOW - 200
    expect(verdict({ stamp }, held('gone'), waitingSince(stamp))).toEqual(push({ crashes: 1 }))
  })

  it('waits until a retry is due, and then keeps its count of attempts', () => {
    expect(verdict(old, 'retrying:4:700', seenFor(699))).toEqual({ kind: 'wait' })
    expect(verdict(old, 'retrying:4:700', seenFor(3_699))).toEqual({ kind: 'wait' }) // its worker is about to
    expect(verdict(old, 'retrying:4:700', seenFor(3_700))).toEqual(push({ attempt: 4 }))
    expect(verdict(old, 'retrying:4:700', { ...seenFor(700), epochStamp: NOW })).toEqual(push({ attempt: 4 }))
  })

  it('takes the stamp of a requeue for the stamp of the push', () => {
    const seen = waitingSince(NOW - 40_000)
    expect(verdict({ stamp: NOW - 90_000 }, `requeued:2:${NOW - 35_000}`, seen)).toEqual({ kind: 'wait' })
  })

  it('sends alone what went down with its worker three times, and gives up after six', () => {
    const changed = { epochStamp: NOW }
    expect(verdict({ crashes: 1 }, held('gone'), changed)).toEqual(push({ crashes: 2 }))
    expect(verdict({ crashes: 2 }, held('gone'), changed)).toEqual(push({ crashes: 3 }))
    expect(verdict({ crashes: 5 }, held('gone'), changed)).toMatchObject({ kind: 'dead' })
  })

  it('does not blame a message for what Redis lost', () => {
    expect(verdict({ crashes: 2 }, null, { epochStamp: NOW })).toEqual(push({ crashes: 2 }))
  })

  it('gives up what nobody spoke about for six days', () => {
    expect(verdict({ enqueuedAt: NOW - OUTBOX_MAX_AGE_MS - 1 }, null)).toMatchObject({ kind: 'dead' })
  })

  it('does not count the time in which nobody could have spoken', () => {
    const closedForAWeek = { enqueuedAt: NOW - 7 * 24 * 3_600_000, stamp: NOW - 7 * 24 * 3_600_000 }
    expect(verdict(closedForAWeek, null, { answerableForMs: 60_000 })).toEqual(push())
  })

  it('takes a time that a version before wrote for no delay', () => {
    expect(verdict(old, `retrying:4:${NOW + 1}`)).toEqual(push())
  })
})
