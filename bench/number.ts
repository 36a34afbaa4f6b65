import type { Spread } from './stats.ts'

/** A figure for people: three digits that count, thousands apart. */
export function inWords(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** The median, and between what the rounds lay; of one round there is no more to say than its figure. */
export function spreadInWords(spread: Spread | undefined): string {
  if (spread === undefined) return 'n/a'
  const { median, min, max } = spread
  return min === max ? inWords(median) : `${inWords(median)} (${inWords(min)}–${inWords(max)})`
}
