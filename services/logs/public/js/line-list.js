import { number, t } from '/assets/js/text.js'
import { html, useLayoutEffect, useRef } from '/assets/vendor/htm-preact.js'
import { LineRow } from './line-row.js'

/** @import { Shown } from './add-lines.js' */
/** @typedef {{ lines: Shown[], only: (text: string) => void, isAtEnd?: boolean }} Props */

const NEAR_END_PX = 40

/** Lines, the oldest first. With `isAtEnd` it stays at its end while somebody is there, and where it is while somebody reads further up. */
export function LineList(/** @type {Props} */ { lines, only, isAtEnd = false }) {
  const list = useRef(/** @type {HTMLElement | null} */ (null))
  const isThere = useRef(true)
  const note = (
    /** @type {{ currentTarget: HTMLElement }} */ { currentTarget: { scrollHeight, scrollTop, clientHeight } },
  ) => {
    isThere.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
  }
  useLayoutEffect(() => {
    if (isAtEnd && list.current && isThere.current) list.current.scrollTop = list.current.scrollHeight
  }, [lines])
  return html`
    <ol ref=${list} class="log-lines" tabindex="0" aria-label=${t('logs.lines')} onScroll=${note}>
      ${lines.map(({ seq, line, skipped }) =>
        line === null
          ? html`<li key=${seq} class="skipped">${t('log.skipped', { count: number(skipped) })}</li>`
          : html`<${LineRow} key=${seq} line=${line} only=${only} />`,
      )}
    </ol>`
}
