import { comma, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { HEIGHT, WIDTH } from './chart-path.js'
import { placesOf } from './mark-places.js'
import { isMending, sayMark } from './say-mark.js'

/** @import { Mark } from '../../room/snapshot.ts' */
/**
 * The seconds that a chart shows: the first (`t`, in s) and how many.
 * @typedef {{ from: number, seconds: number }} Window
 * @typedef {{ name: string, label: string, legend: unknown, extra?: unknown, axis: unknown, marks: Mark[], over: Window, isNamed?: boolean, children?: unknown }} Props
 */

/**
 * A chart of the last minutes: its legend, what is drawn (`children`, in an svg), and what was broken meanwhile, each as a thin
 * line at its time; with `isNamed` its name stands beside it.
 * @param {Props} props
 */
export function ChartFrame({ name, label, legend, extra, axis, marks, over, isNamed = false, children }) {
  const placed = placesOf(marks, over)
  return html`
    <figure class=${`chart ${name}-chart`}>
      <figcaption>${extra}<p class="legend">${legend}</p></figcaption>
      <div class="plot">
        <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${[label, ...placed.map(({ mark }) => sayMark(mark))].join(comma)}>
          ${children}
          ${placed.map(({ mark, share }) => html`<path class=${isMending(mark) ? 'mark mends' : 'mark'} data-mark=${mark.what} d=${`M${(share * WIDTH).toFixed(1)} 0V${HEIGHT}`} vector-effect="non-scaling-stroke"><title>${sayMark(mark)}</title></path>`)}
        </svg>
        ${isNamed && placed.map(({ mark, share, row, side }) => row !== null && html`<span class=${isMending(mark) ? 'mark-name mends' : 'mark-name'} data-side=${side} style=${{ '--at': `${(share * 100).toFixed(1)}%`, '--row': row }} aria-hidden="true">${sayMark(mark)}</span>`)}
        ${axis}
      </div>
      <p class="axis"><span>${t('chart.span')}</span><span>${t('chart.now')}</span></p>
    </figure>`
}
