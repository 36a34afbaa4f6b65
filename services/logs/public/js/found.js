import { LineList } from '/assets/js/logs/line-list.js'
import { dateAndClock, number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useFound } from './use-found.js'

/** @import { Wish } from './wish.js' */
/** @import { Looked } from './use-found.js' */
/** @typedef {{ wish: Wish, only: (text: string) => void, all: () => void, onLocked: () => void }} Props */

/** What was looked for, the oldest first: the story of an order, or what says some words. */
export function Found(/** @type {Props} */ { wish, only, all, onLocked }) {
  const { lines, looked, isLooking, failure, further } = useFound(wish, onLocked)
  return html`
    <${LineList} lines=${lines} only=${only} isAtEnd=${wish.subject === ''} />
    <div class="lines-foot">
      <p class="small" role="status">${isLooking ? t('logs.looking') : (failure ?? sayLooked(looked, lines.length))}</p>
      ${looked?.next && html`<button class="quiet" disabled=${isLooking} onClick=${further}>${t('logs.further')}</button>`}
      <button class="quiet" onClick=${all}>${t('logs.toLive')}</button>
    </div>`
}

/** @param {Looked | null} looked @param {number} count */
function sayLooked(looked, count) {
  if (looked === null) return ''
  const { lines, backTo, tookMs } = looked
  const values = { count: number(count), looked: number(lines), took: span(tookMs) }
  if (count === 0 || backTo === null) return t('logs.found.none', values)
  return t('logs.found', { ...values, back: dateAndClock(backTo) })
}
