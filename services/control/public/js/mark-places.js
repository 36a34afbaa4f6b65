/** @import { Mark } from '../../room/snapshot.ts' */

const ROWS = 5
const APART = 0.3 // of the width, which a name needs

/**
 * Where marks stand in a chart, as a share of its width, and in which row their names, so that names at about the same time
 * do not cover each other. Those outside of it have none.
 * @param {Mark[]} marks @param {{ from: number, seconds: number }} over
 * @returns {{ mark: Mark, share: number, row: number }[]}
 */
export function placesOf(marks, { from, seconds }) {
  /** @type {number[]} */
  const last = Array(ROWS).fill(Number.NEGATIVE_INFINITY)
  return marks.flatMap((mark) => {
    const share = (mark.at / 1_000 - from) / Math.max(1, seconds - 1)
    if (share < 0 || share > 1) return []
    const free = last.findIndex((before) => share - before >= APART)
    const row = free === -1 ? last.indexOf(Math.min(...last)) : free
    last[row] = share
    return [{ mark, share, row }]
  })
}
