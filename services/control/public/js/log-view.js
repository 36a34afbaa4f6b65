import { number, t } from '/assets/js/text.js'
import { useEnd } from '/assets/js/use-end.js'
import { html, useCallback, useEffect, useRef } from '/assets/vendor/htm-preact.js'
import { LogLine } from './log-line.js'
import { memo } from './memo.js'

/** @import { Line } from './merge-picture.js' */
/** @typedef {{ lines: Line[], filter: string, note: string, only: (text: string) => void }} Props */

const TYPED_MS = 300

/** The log as it grows, narrowed to whatever is typed. */
export const LogView = memo((/** @type {Props} */ { lines, filter, note, only }) => {
  const timer = useRef(0)
  const input = useRef(/** @type {HTMLInputElement | null} */ (null))
  const typed = (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => only(currentTarget.value.trim()), TYPED_MS)
  }
  const press = useCallback((/** @type {string} */ text) => {
    if (input.current) input.current.value = text
    only(text)
  }, [])
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = filter
  }, [filter])
  return html`
    <section class="part log">
      <div class="section-head">
        <h2>${t('log.title')}</h2>
        <input
          ref=${input} type="search" maxlength="64" defaultValue=${filter}
          placeholder=${t('log.filter')} aria-label=${t('log.filter')}
          onInput=${typed}
        />
      </div>
      <p class="small as-of" hidden=${note === ''}>${note}</p>
      <div class="part-box">
        <${Lines} key=${filter} lines=${lines} only=${press} />
        <p class="empty" hidden=${lines.length > 0}>${t(filter === '' ? 'log.waiting' : 'log.none')}</p>
      </div>
    </section>`
})

function Lines(/** @type {{ lines: Line[], only: (text: string) => void }} */ { lines, only }) {
  const end = useEnd(lines)
  return html`
    <ol ...${end} class="log-lines" tabindex="0" aria-label=${t('log.title')}>
      ${lines.map(({ key, text, skipped }) =>
        text === null
          ? html`<li key=${key} class="skipped">${t('log.skipped', { count: number(skipped) })}</li>`
          : html`<${LogLine} key=${key} text=${text} only=${only} />`,
      )}
    </ol>`
}
