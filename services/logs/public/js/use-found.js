import { get, isRefusedEntry } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { queryOf } from './wish.js'

/** @import { LinesAnswer } from '../../lines-answer.ts' */
/** @import { Shown } from './add-lines.js' */
/** @import { Wish } from './wish.js' */
/**
 * How much was looked through: lines, how far back, for how long, and where it would go on.
 * @typedef {{ lines: number, backTo: string | null, tookMs: number, next: number | null }} Looked
 * @typedef {{ lines: Shown[], looked: Looked | null, isLooking: boolean, failure: string | null }} Search
 */

/** @type {Search} */
const NOTHING = { lines: [], looked: null, isLooking: true, failure: null }

/** Looks for lines; `further` goes on where the last look ended. @param {Wish} wish @param {() => void} onLocked */
export function useFound(wish, onLocked) {
  const [search, setSearch] = useState(NOTHING)
  const query = String(queryOf(wish))
  const wanted = useRef(query)
  wanted.current = query
  const look = async (/** @type {Search} */ before) => {
    setSearch({ ...before, isLooking: true, failure: null })
    const after = before.looked?.next ? `&after=${before.looked.next}` : ''
    const next = await get(`/api/admin/logs?${query}${after}`).then(
      (/** @type {LinesAnswer} */ answer) => goOn(before, answer),
      (error) => {
        if (isRefusedEntry(error)) onLocked()
        return { ...before, isLooking: false, failure: error.status === 0 ? t('logs.away') : error.message }
      },
    )
    if (wanted.current === query) setSearch(next) // or something else is looked for meanwhile
  }
  useEffect(() => void look(NOTHING), [query])
  return { ...search, further: () => void look(search) }
}

/** @param {Search} before @param {LinesAnswer} answer @returns {Search} */
function goOn({ lines, looked }, answer) {
  const older = answer.lines.map((line) => ({ seq: line.seq, line, skipped: 0 })).reverse()
  return {
    lines: [...older, ...lines],
    looked: {
      lines: (looked?.lines ?? 0) + answer.looked,
      backTo: answer.lookedBackTo ?? looked?.backTo ?? null,
      tookMs: (looked?.tookMs ?? 0) + answer.tookMs,
      next: answer.next,
    },
    isLooking: false,
    failure: null,
  }
}
