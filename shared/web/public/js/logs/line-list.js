import { html } from '/assets/vendor/htm-preact.js'
import { number, t } from '../text.js'
import { useEnd } from '../use-end.js'
import { LineRow } from './line-row.js'

/** @import { Shown } from '../../../../../services/logs/public/js/add-lines.js' */
/** @typedef {{ lines: Shown[], only: (text: string) => void, isAtEnd?: boolean }} Props */

/** Lines, the oldest first. With `isAtEnd` it stays at its end while somebody is there, and where it is while somebody reads further up. */
export function LineList(/** @type {Props} */ { lines, only, isAtEnd = false }) {
  const end = useEnd(lines, isAtEnd)
  return html`
    <ol ...${end} class="log-lines" tabindex="0" aria-label=${t('logs.lines')}>
      ${lines.map(({ seq, line, skipped }) =>
        line === null
          ? html`<li key=${seq} class="skipped">${t('log.skipped', { count: number(skipped) })}</li>`
          : html`<${LineRow} key=${seq} line=${line} only=${only} />`,
      )}
    </ol>`
}
