/** @import { Mark } from '../../room/snapshot.ts' */
/** @typedef {{ mark: Mark, share: number, row: number | null, side: 'left' | 'right' }} Place */

const ROWS = 5
const NAME = 0.3 // of the width, which a name may need
const LEFT_FROM = 1 - NAME // beyond it a name stands at the left of its line

/**
 * Where marks stand in a chart, as a share of its width, and at which side of their lines and in which row their names, so that
 * those of about the same time do not cover each other. The newest come first; for a name that finds no row (null) the line alone
 * stands. Marks outside of it have no place.
 * @param {Mark[]} marks @param {{ from: number, seconds: number }} over @returns {Place[]}
 */
export function placesOf(marks, { from, seconds }) {
  /** @type {number[][]} */
  const begins = Array.from({ length: ROWS }, () => [])
  const newestFirst = marks.toReversed().flatMap((mark) => {
    const share = (mark.at / 1_000 - from) / Math.max(1, seconds - 1)
    if (share < 0 || share > 1) return []
    /** @type {Place['side']} */
    const side = share > LEFT_FROM ? 'left' : 'right'
    const begin = side === 'left' ? share - NAME : share
    const row = begins.findIndex((taken) => taken.every((other) => Math.abs(other - begin) >= NAME))
    begins[row]?.push(begin)
    return [{ mark, share, row: row === -1 ? null : row, side }]
  })
  return newestFirst.reverse()
}
