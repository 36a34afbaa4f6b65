/** @import { Mark } from '../../room/snapshot.ts' */
/** @typedef {{ mark: Mark, share: number, row: number, side: 'left' | 'right' }} Place */

const ROWS = 5
const NAME = 0.3 // of the width, which a name may need
const LEFT_FROM = 1 - NAME // beyond it a name stands at the left of its line

/**
 * Where marks stand in a chart, as a share of its width, and at which side of their lines and in which row their names, so that
 * those of about the same time do not cover each other. Marks outside of it have none.
 * @param {Mark[]} marks @param {{ from: number, seconds: number }} over @returns {Place[]}
 */
export function placesOf(marks, { from, seconds }) {
  /** @type {number[]} */
  const ends = Array(ROWS).fill(Number.NEGATIVE_INFINITY)
  return marks.flatMap((mark) => {
    const share = (mark.at / 1_000 - from) / Math.max(1, seconds - 1)
    if (share < 0 || share > 1) return []
    const side = share > LEFT_FROM ? 'left' : 'right'
    const begin = side === 'left' ? share - NAME : share
    const free = ends.findIndex((end) => end <= begin)
    const row = free === -1 ? ends.indexOf(Math.min(...ends)) : free
    ends[row] = begin + NAME
    return [{ mark, share, row, side }]
  })
}
