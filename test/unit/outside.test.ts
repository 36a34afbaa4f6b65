import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import pino from 'pino'
import { Busy, Outage } from '../../shared/events.ts'
import { WayOut } from '../../shared/protocol/outside.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const openOutside = () => new WayOut(pino({ level: 'silent' })).call

describe('the way out of a worker', () => {
  it('gives back what the world outside answers, be it good or bad', async () => {
    const outside = openOutside()
    await expect(outside(async () => 'charged')).resolves.toBe('charged')
    await expect(outside(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    await jest.advanceTimersByTimeAsync(0)
    expect(jest.getTimerCount()).toBe(0)
  })

  it('makes many calls at once, and the rest as those are answered', async () => {
    const outside = openOutside()
    const answers: (() => void)[] = []
    const calls = Array.from({ length: 100 }, () => outside(() => new Promise<void>((answer) => answers.push(answer))))
    await jest.advanceTimersByTimeAsync(0)
    expect(answers).toHaveLength(64)
    while (answers.length > 0) {
      answers.pop()?.()
      await jest.advanceTimersByTimeAsync(0)
    }
    await Promise.all(calls)
  })

  it('calls it an outage when no answer comes, and tells the one who waits for it', async () => {
    const told: AbortSignal[] = []
    const call = openOutside()((signal) => {
      told.push(signal)
      return new Promise(() => {})
    })
    const failure = expect(call).rejects.toThrow(Outage)
    await jest.advanceTimersByTimeAsync(9_999)
    expect(told[0]?.aborted).toBe(false)
    await jest.advanceTimersByTimeAsync(1)
    await failure
    expect(told[0]?.aborted).toBe(true)
  })

  it('counts the time of a call from when it is made, not from when it was asked for', async () => {
    const outside = openOutside()
    const slow = () => new Promise<string>((answer) => setTimeout(answer, 6_000, 'in time'))
    const calls = Promise.all(Array.from({ length: 65 }, () => outside(slow)))
    await jest.advanceTimersByTimeAsync(12_000)
    await expect(calls).resolves.toHaveLength(65)
  })
})

describe('a way out that is told to wait', () => {
  /** A world that is busy for so long whenever it is called within that time. */
  function busyUntil(ms: number, told: string[] = []) {
    const log = pino({ level: 'info' }, { write: (line: string) => void told.push(JSON.parse(line).msg) })
    const way = new WayOut(log)
    const calls: number[] = []
    const start = performance.now()
    const call = () =>
      way.call(async () => {
        const now = performance.now() - start
        calls.push(now)
        if (now < ms) throw new Busy('429', ms - now)
      })
    return { way, call, calls }
  }

  it('makes no call until then, and those that were refused again; it tells so once, and once that it is over', async () => {
    const told: string[] = []
    const { way, call, calls } = busyUntil(3_000, told)

    const first = [call(), call()]
    await jest.advanceTimersByTimeAsync(0)
    const later = [call(), call()]
    await jest.advanceTimersByTimeAsync(2_999)
    expect([calls, way.capacity()]).toEqual([[0, 0], 0])
    await jest.advanceTimersByTimeAsync(1)

    await Promise.all([...first, ...later])
    expect(calls).toEqual([0, 0, 3_000, 3_000, 3_000, 3_000])
    expect([told, way.capacity()]).toEqual([['outside.closed', 'outside.opened'], Number.POSITIVE_INFINITY])
  })

  it('gives back what would wait longer than its sender does', async () => {
    const { call, calls } = busyUntil(20_000)

    await expect(call()).rejects.toMatchObject({ name: 'Busy', ms: 20_000 })
    await expect(call()).rejects.toBeInstanceOf(Busy)
    expect(calls).toEqual([0])
  })

  it('asks again after five minutes, however long it is to wait', async () => {
    const { call, calls } = busyUntil(86_400_000)

    await expect(call()).rejects.toBeInstanceOf(Busy)
    await jest.advanceTimersByTimeAsync(300_000)
    await expect(call()).rejects.toBeInstanceOf(Busy)
    expect(calls).toEqual([0, 300_000])
  })

  it('gives back what waits when its worker ends', async () => {
    const { way, call, calls } = busyUntil(9_000)
    const waits = expect(call()).rejects.toBeInstanceOf(Busy)
    await jest.advanceTimersByTimeAsync(1_000)

    way.stop()
    await jest.advanceTimersByTimeAsync(4_000)

    await waits
    expect(calls).toEqual([0])
  })
})

describe('a way out with a pace', () => {
  it('lets its worker hold what it can do in five seconds, shared with the others', () => {
    const way = new WayOut(pino({ level: 'silent' }), { perSecond: 100 })
    expect(way.capacity()).toBe(485)
    way.share(4)
    expect(way.capacity()).toBe(121)
  })
})
