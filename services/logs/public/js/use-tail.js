import { get, isRefusedEntry } from '/assets/js/api.js'
import { follow } from '/assets/js/stream.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { addLines } from './add-lines.js'
import { queryOf } from './wish.js'

/** @import { NewsAnswer } from '../../lines-answer.ts' */
/** @import { Shown } from './add-lines.js' */
/** @import { Wish } from './wish.js' */
/** @typedef {{ lines: Shown[], isLive: boolean }} Known */

const FIRST = 100

/** The newest lines and those that come, of one service or level where that is wanted. @param {Wish} wish @param {() => void} onLocked @returns {Known} */
export function useTail(wish, onLocked) {
  const [known, setKnown] = useState(/** @type {Known} */ ({ lines: [], isLive: true }))
  const query = String(queryOf(wish))
  useEffect(() => {
    setKnown(({ isLive }) => ({ lines: [], isLive }))
    const learn = (/** @type {NewsAnswer} */ news) =>
      setKnown(({ lines, isLive }) => ({ lines: addLines(lines, news), isLive }))
    const begin = () =>
      get(`/api/admin/logs?${query}&limit=${FIRST}`).then(
        ({ lines }) => learn({ lines: lines.reverse(), skipped: 0 }),
        (error) => void (isRefusedEntry(error) && onLocked()), // the stream says the rest
      )
    const stream = follow(() => `/api/admin/logs/watch?${query}`, {
      up: () => {
        setKnown(({ lines }) => ({ lines, isLive: true }))
        void begin() // also what came while nothing was heard
      },
      down: () => {
        setKnown(({ lines }) => ({ lines, isLive: false }))
      },
      hear: learn,
    })
    return stream.close
  }, [query])
  return known
}
