/** What everybody is told: its number, and when (ms since 1970) it was said. */
export const noteOf = (n: number, at: number) => `bench-note n=${n} at=${at}.`

/** The notes in a piece of a stream, in their order. */
export function notesIn(text: string): { n: number; at: number }[] {
  return [...text.matchAll(/bench-note n=(\d+) at=(\d+)\./g)].map(([, n, at]) => ({ n: Number(n), at: Number(at) }))
}
