import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { Outage } from '../../shared/events.ts'
import { createOutside } from '../../shared/protocol/outside.ts'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

describe('the way out of a worker', () => {
  it('gives back what the world outside answers, be it good or bad', async () => {
    const outside = createOutside()
    await expect(outside(async () => 'charged')).resolves.toBe('charged')
    await expect(outside(() => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(jest.getTimerCount()).toBe(0)
  })

  it('makes many calls at once, and the rest as those are answered', async () => {
    const outside = createOutside()
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
    const call = createOutside()((signal) => {
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
    const outside = createOutside()
    const slow = () => new Promise<string>((answer) => setTimeout(answer, 6_000, 'in time'))
    const calls = Promise.all(Array.from({ length: 65 }, () => outside(slow)))
    await jest.advanceTimersByTimeAsync(12_000)
    await expect(calls).resolves.toHaveLength(65)
  })
})
