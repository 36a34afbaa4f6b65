import { follow } from '/assets/js/stream.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { addLines } from './add-lines.js'
import { queryOf } from './wish.js'

/** @import { NewsAnswer } from '../../lines-answer.ts' */
/** @import { Shown } from './add-lines.js' */
/** @import { Wish } from './wish.js' */
/** @typedef {{ lines: Shown[], isLive: boolean | null }} Known */

/** The newest lines and those that come, of one service or level where that is wanted. @param {Wish} wish @returns {Known} */
export function useTail(wish) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ lines: [], isLive: null }))
  const query = String(queryOf(wish))
  useEffect(() => {
    const stream = follow(() => `/api/admin/logs/watch?${query}`, {
      up: () => setKnown({ lines: [], isLive: true }), // it begins with the last lines, and hides no gap
      down: () => setKnown(({ lines }) => ({ lines, isLive: false })),
      hear: (/** @type {NewsAnswer} */ news) =>
        setKnown(({ lines, isLive }) => ({ lines: addLines(lines, news), isLive })),
    })
    return stream.close
  }, [query])
  return known
}
