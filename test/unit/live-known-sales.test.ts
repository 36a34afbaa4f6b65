import { describe, expect, it } from '@jest/globals'
import { createKnownSales } from '../../services/live/known-sales.ts'
import type { Found, Source, Wanted } from '../../services/live/source.ts'

const there: Found = { rows: [], since: 0, begins: 0, upTo: 1 }

/** A sale service with one sale, and what it was asked for. */
function saleWith(id: string) {
  const calls: string[][] = []
  const answer = async (wanted: Wanted[]) => {
    calls.push(wanted.map(({ topic }) => topic.name))
    return wanted.map(({ topic }) => (topic.id === id ? there : null))
  }
  return { calls, source: { name: 'sale', read: answer } satisfies Source }
}

describe('the sales that live knows', () => {
  it('are asked for once where a crowd comes at once', async () => {
    const { calls, source } = saleWith('mugs')
    const knows = createKnownSales(source)

    const crowd = await Promise.all(Array.from({ length: 100 }, (_, i) => knows(i % 2 === 0 ? 'mugs' : 'nothing')))

    expect(crowd.filter((isThere) => isThere).length).toBe(50)
    expect(calls).toEqual([['sale:mugs', 'sale:nothing']])
    expect(await knows('mugs')).toBe(true)
    expect(calls.length).toBe(1)
  })

  it('are believed while sale is away, and asked for again when it is back', async () => {
    const { calls, source } = saleWith('mugs')
    let isAway = true
    const knows = createKnownSales({
      name: 'sale',
      read: (wanted) => (isAway ? Promise.reject(new Error('away')) : source.read(wanted)),
    })

    expect(await knows('nothing')).toBe(true)
    isAway = false

    expect(await knows('nothing')).toBe(false)
    expect(calls).toEqual([['sale:nothing']])
  })
})
