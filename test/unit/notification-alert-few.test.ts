import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { fewAtOnce } from '../../services/notification/alerts/few-at-once.ts'
import { Busy } from '../../shared/events.ts'
import type { Outside } from '../../shared/handler.ts'

const outside: Outside = (call) => call(AbortSignal.timeout(1_000))
afterEach(() => void jest.restoreAllMocks())

describe('of a crowd that wants to go out', () => {
  it('so many are under way at once, in their order, and one that fails lets the next one go', async () => {
    const out = fewAtOnce(2)(outside)
    const begun: number[] = []
    let most = 0
    let underWay = 0
    const calls = [0, 1, 2, 3, 4].map((i) =>
      out(async () => {
        begun.push(i)
        most = Math.max(most, ++underWay)
        await new Promise(setImmediate)
        underWay--
        if (i % 2 === 0) throw new Error('refused')
      }),
    )

    const ends = (await Promise.allSettled(calls)).map(({ status }) => status)
    expect([begun, most]).toEqual([[0, 1, 2, 3, 4], 2])
    expect(ends).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected'])
  })

  it('who has waited for too long goes back, and was not tried', async () => {
    const out = fewAtOnce(1)(outside)
    const tried: string[] = []
    const calls = ['first', 'second'].map((name) =>
      out(async () => {
        tried.push(name)
        await new Promise(setImmediate) // until both have asked
        jest.spyOn(performance, 'now').mockReturnValue(performance.now() + 15_001) // so long it took
      }),
    )

    const [first, second] = await Promise.allSettled(calls)
    expect(first?.status).toBe('fulfilled')
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(Busy) })
    expect(tried).toEqual(['first'])
  })
})
