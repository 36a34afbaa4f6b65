import type { Books } from './books.ts'
import { countOvertaken } from './check-lines.ts'
import { sum } from './sum.ts'

/** Null in a shop of before there were sales. `overtaken` are inversions of the line. */
export type SaleFigures = Record<
  'total' | 'ended' | 'granted' | 'bought' | 'spared' | 'tickets' | 'admitted' | 'toldBoth' | 'overtaken',
  number
>

/** Adds up the sales. */
export function countSales({ sale: book }: Books): SaleFigures | null {
  if (book === null) return null
  const [sales, entries] = [[...book.sales.values()], [...book.entries.values()]]
  return {
    total: sales.length,
    ended: sales.filter(({ endedAt }) => endedAt !== null).length,
    granted: sum(sales.map(({ granted }) => granted ?? 0)),
    bought: sum(sales.map(({ bought }) => bought)),
    spared: sum(sales.map(({ spared }) => spared)),
    tickets: entries.length,
    admitted: entries.filter(({ admission }) => admission !== null).length,
    toldBoth: book.admittedLate.length,
    overtaken: countOvertaken(book),
  }
}
