import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { HIGHEST, MOUNTAINS } from './mountain.js'

/** @typedef {{ seconds: number[], draw(seconds: number[]): void, isBusy: boolean }} Props */

/** Mountains to pick. */
export function Choices(/** @type {Props} */ { seconds, draw, isBusy }) {
  return html`
    <div class="mountains" role="group" aria-label=${t('tour.peaks.pick')}>
      ${Object.entries(MOUNTAINS).map(([name, one]) => html`<button class="quiet" disabled=${isBusy} aria-pressed=${one === seconds} onClick=${() => draw(one)}>${t(`tour.peaks.mountain.${name}`)}</button>`)}
    </div>`
}

/** A mountain to draw: each second is a slider, and a finger over all of them draws the line. */
export function Board(/** @type {Props} */ { seconds, draw, isBusy }) {
  const set = (/** @type {number} */ at, /** @type {number} */ count) => draw(seconds.with(at, count))
  const drawHere = (/** @type {PointerEvent} */ event) => {
    const board = /** @type {HTMLElement} */ (event.currentTarget)
    if (isBusy || event.buttons !== 1) return
    const at = placeIn(board, event, seconds.length)
    board.querySelectorAll('input')[at.second]?.focus()
    set(at.second, at.count)
  }
  return html`
    <div class="board" role="group" title=${t('tour.peaks.draw')} aria-label=${t('tour.peaks.mountain')} onPointerDown=${drawHere} onPointerMove=${drawHere}>
      ${seconds.map(
        (count, at) => html`
        <label class="column" style=${{ '--height': count / HIGHEST }}>
          <span class="unseen">${t('tour.peaks.second', { second: number(at + 1) })}</span>
          <input type="range" min="0" max=${HIGHEST} value=${count} disabled=${isBusy} onInput=${(/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) => set(at, Number(currentTarget.value))} />
          <i aria-hidden="true"></i>
        </label>`,
      )}
    </div>`
}

/** The second, and how high in it. @param {HTMLElement} board @param {PointerEvent} event @param {number} columns */
function placeIn(board, { clientX, clientY }, columns) {
  const { left, top, width, height } = board.getBoundingClientRect()
  const share = (/** @type {number} */ part) => Math.min(Math.max(part, 0), 1)
  return {
    second: Math.min(Math.floor(share((clientX - left) / width) * columns), columns - 1),
    count: Math.round((1 - share((clientY - top) / height)) * HIGHEST),
  }
}
