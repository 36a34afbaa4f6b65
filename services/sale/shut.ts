import { Problem } from '../../shared/web/http.ts'
import { type Sale, shutBy, type Why } from './sale.ts'

/** Tells why nobody can join a sale as of `now`. */
export function shut(sale: Sale, now: number): Problem {
  return new Problem(409, 'Conflict', sentenceFor(sale, now))
}

function sentenceFor(sale: Sale, now: number): string {
  switch (shutBy(sale, now)) {
    case 'early':
      return `This sale opens at ${iso(sale.opensAt)}.`
    case 'drawn':
      return `This sale could be joined until ${iso(sale.drawsAt ?? sale.endsAt)}, before its draw.`
    default:
      return sale.why === null ? OVER.overdue : OVER[sale.why]
  }
}

const OVER: Record<Why, string> = {
  soldOut: 'This sale is sold out.',
  overdue: 'The time of this sale is over.',
  formed: 'This group is complete.',
  failed: 'This group has not come together in time.',
}

const iso = (ms: number) => new Date(ms).toISOString()
