import { describe, expect, it } from '@jest/globals'
import { createLines, type Outcome } from '../../services/webhooks/lines.ts'
import { takeFrom } from '../../services/webhooks/make-due.ts'
import { signed } from '../../services/webhooks/sign.ts'
import { verdictOn } from '../../services/webhooks/verdict.ts'

const NOW = Date.UTC(2026, 10, 26, 12)
const MINUTE_MS = 60_000

describe('a signature', () => {
  it('is the one of the example that Standard Webhooks gives', () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
    const sent = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}' }

    expect(signed(sent, secret, 1_614_265_330_000)).toEqual({
      'webhook-id': sent.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    })
  })
})

describe('an answer', () => {
  const to = (status: number, retryAfter?: string) => verdictOn({ status, retryAfter }, NOW)

  it.each([
    [200, 'taken', false],
    [202, 'taken', false],
    [302, 'refused', false],
    [400, 'refused', false],
    [404, 'refused', false],
    [410, 'gone', false],
    [429, 'refused', true],
    [500, 'refused', true],
    [503, 'refused', true],
  ])('%i means %s, and that the subscriber is away: %s', (status, kind, isAway) => {
    expect(to(status)).toMatchObject({ kind, isAway, restMs: null })
  })

  it('that did not come means that the subscriber is away', () => {
    expect(verdictOn({ failure: 'no answer: ECONNREFUSED' }, NOW)).toMatchObject({ kind: 'refused', isAway: true })
  })

  it.each([
    ['120', 2 * MINUTE_MS],
    ['0', 0],
    [new Date(NOW + MINUTE_MS).toUTCString(), MINUTE_MS],
    [new Date(NOW - MINUTE_MS).toUTCString(), 0],
    ['999999999', 60 * MINUTE_MS],
    ['soon', null],
  ])('with Retry-After: %s asks for %s ms', (retryAfter, restMs) => {
    expect(to(503, retryAfter).restMs).toBe(restMs)
  })
})

describe('the line to a subscriber', () => {
  const well: Outcome = { isAway: false, restMs: null }
  const away: Outcome = { isAway: true, restMs: null }

  it('takes four calls at once, and holds up no other line', async () => {
    const lines = createLines()
    let calls = 0
    const silent = () => {
      calls++
      return new Promise<Outcome>(() => {})
    }
    for (let n = 0; n < 9; n++) void lines.through('dead', silent)

    expect(await lines.through('well', async () => well)).toBe(well)
    expect(calls).toBe(4)
  })

  it('rests when the subscriber is away, longer and longer, and not when it is back', async () => {
    let nowMs = 0
    const lines = createLines(() => nowMs)
    const restMs = async () => {
      await lines.through('one', async () => away)
      const since = nowMs
      while (lines.isResting('one')) nowMs += 100
      return nowMs - since
    }

    expect([await restMs(), await restMs(), await restMs()]).toEqual([1_000, 2_000, 4_000])
    for (let n = 0; n < 10; n++) await restMs()
    expect(await restMs()).toBe(5 * MINUTE_MS)
    await lines.through('one', async () => well)
    expect([lines.isResting('one'), await restMs()]).toEqual([false, 1_000])
  })

  it('is not called while it rests', async () => {
    const lines = createLines(() => 0)
    await lines.through('one', async () => ({ ...away, restMs: 3_000 }))

    expect(await lines.through('one', () => Promise.reject(new Error('called')))).toBeNull()
    lines.wake('one')
    expect(await lines.through('one', async () => well)).toBe(well)
  })
})

describe('a page of events', () => {
  const event = (seq: number, name: string) => ({
    ...{ seq, id: `e-${seq}`, name, v: 1, subject: 'o', at: 1, traceparent: null, data: '{}' },
  })
  const page = { events: [event(3, 'a'), event(5, 'b'), event(6, 'a'), event(9, 'a')], upTo: 9 }
  const taken = (isWanted: (name: string) => boolean, room: number) => {
    const { due, upTo } = takeFrom(page, isWanted, room)
    return [due.map(({ seq }) => seq), upTo]
  }

  it('is taken up to where there is no room for what is wanted', () => {
    expect(taken(() => true, 9)).toEqual([[3, 5, 6, 9], 9])
    expect(taken(() => true, 2)).toEqual([[3, 5], 5])
    expect(taken((name) => name === 'a', 2)).toEqual([[3, 6], 6])
    expect(taken((name) => name === 'b', 1)).toEqual([[5], 9])
    expect(taken(() => false, 1)).toEqual([[], 9])
  })
})
