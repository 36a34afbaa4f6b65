import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { BreakName, LoopNow } from '../../../../../tour/loop/loop-answer.ts' */

/** What came of each break on each side, as far as it was tried. */
export function Matrix(/** @type {{ loop: LoopNow }} */ { loop }) {
  const rows = /** @type {BreakName[]} */ (Object.keys(loop.matrix))
  return html`
    <table class="matrix">
      <caption>${t('tour.loop.matrix')}</caption>
      <thead>
        <tr><td></td><th scope="col">${t('tour.loop.left')}</th><th scope="col">${t('tour.loop.right')}</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          (name) => html`
          <tr data-break=${name}><th scope="row">${t(`tour.loop.short.${name}`)}</th><${Cell} fate=${loop.matrix[name].left} /><${Cell} fate=${loop.matrix[name].right} /></tr>`,
        )}
      </tbody>
    </table>`
}

const Cell = (/** @type {{ fate: string | null }} */ { fate }) =>
  html`<td data-fate=${fate ?? 'open'}>${fate === null ? '–' : t(`tour.loop.fate.${fate}`)}</td>`
