import { timingSafeEqual } from 'node:crypto'

/** Compares in constant time, so that a signature cannot be guessed letter by letter. */
export function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
