/** @import { LineAnswer, NewsAnswer } from '../../lines-answer.ts' */
/** @typedef {{ seq: number, line: LineAnswer | null, skipped: number }} Shown `line` is null where some were left out */

const SHOWN_MAX = 300

/** Adds lines to those that are shown, each once and in their order; the oldest go. @param {Shown[]} shown @param {NewsAnswer} news @returns {Shown[]} */
export function addLines(shown, { lines, skipped }) {
  const known = new Set(shown.flatMap(({ seq, line }) => (line === null ? [] : [seq])))
  const fresh = lines.filter(({ seq }) => !known.has(seq)).map((line) => ({ seq: line.seq, line, skipped: 0 }))
  const first = fresh[0]
  if (first === undefined) return shown
  const gap = skipped > 0 ? [{ seq: first.seq - 0.5, line: null, skipped }] : []
  return [...shown, ...gap, ...fresh].sort((a, b) => a.seq - b.seq).slice(-SHOWN_MAX)
}
