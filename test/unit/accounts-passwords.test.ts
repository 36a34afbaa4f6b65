import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import { createLine } from '../../services/accounts/passwords.ts'

const works = (inLine: ReturnType<typeof createLine>, ms: number, count: number) =>
  Array.from({ length: count }, () => inLine(() => wait(ms)))

describe('the line of those whose passwords are worked on', () => {
  it('has a hundred places where each takes a moment', async () => {
    const inLine = createLine(20)
    const all = works(inLine, 1, 100)
    expect(() => inLine(() => wait(1))).toThrow('Too many passwords are being checked')
    await Promise.all(all)
    await inLine(() => wait(1))
  })

  it('is no longer than three seconds where a busy machine takes its time', async () => {
    const inLine = createLine(600)
    const all = works(inLine, 1, 5)
    expect(() => inLine(() => wait(1))).toThrow('Too many passwords are being checked')

    await Promise.all(all)
    for (let job = 0; job < 20; job++) await inLine(() => wait(1)) // quick ones: it has recovered
    await Promise.all(works(inLine, 1, 20))
  })

  it('gets shorter while jobs get slower', async () => {
    const inLine = createLine(1)
    await Promise.all(works(inLine, 200, 4))
    const all = works(inLine, 1, 20)
    expect(() => works(inLine, 1, 20)).toThrow('Too many passwords are being checked')
    await Promise.all(all)
  })
})
