import { describe, expect, it } from '@jest/globals'
import { type Load, loadClasses, refusedForMs, retryAfterS } from '../../shared/web/overload.ts'

const CALM: Load = { delayMs: 0, waitMs: 0, promiseMs: 600_000 }
const refused = (load: Partial<Load>) => loadClasses.filter((what) => refusedForMs(what, { ...CALM, ...load }) !== null)

describe('what is refused where there is too much of it', () => {
  it('is nothing while there is time for all', () => {
    expect(refused({ delayMs: 100, waitMs: 600_000 })).toEqual([])
  })

  it('is looking around first, then joining a sale, where the process is full; an order never for that', () => {
    expect(refused({ delayMs: 200 })).toEqual(['browsing'])
    expect(refused({ delayMs: 10_000 })).toEqual(['browsing', 'joining'])
  })

  it('is an order that would wait longer than is promised, and nothing else', () => {
    expect(refused({ waitMs: 600_001 })).toEqual(['placing'])
    expect(refused({ waitMs: 6_000, promiseMs: 5_000 })).toEqual(['placing'])
  })

  it('may be asked again when enough of what waits is through', () => {
    expect(refusedForMs('placing', { ...CALM, waitMs: 642_000 })).toBe(42_000)
  })
})

describe('Retry-After', () => {
  const share = (againMs: number) => [0, 0.25, 0.5, 0.999].map((random) => retryAfterS(againMs, () => random))

  it('is never earlier than there is room, and spread over as long again', () => {
    expect(share(42_000)).toEqual([42, 53, 63, 84])
  })

  it('is spread over some seconds where it is soon', () => {
    expect(share(200)).toEqual([1, 1, 2, 4])
  })
})
