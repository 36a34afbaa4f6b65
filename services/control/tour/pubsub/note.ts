/** What listeners are told: in which talk, as the how manyth, and when (ms since 1970). */
export type Note = { talk: string; n: number; at: number }

export const textOf = ({ talk, n, at }: Note): string => `tour-note ${talk} ${n} ${at}.`

/** The notes in a piece of a stream, in their order. */
export function notesIn(text: string): Note[] {
  const found = text.matchAll(/tour-note (\w+) (\d+) (\d+)\./g)
  return [...found].map(([, talk = '', n, at]) => ({ talk, n: Number(n), at: Number(at) }))
}
