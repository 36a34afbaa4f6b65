import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { ceilingFor, HEIGHT, pathOf, WIDTH } from './chart-path.js'
import { memo } from './memo.js'

/** @import { Point } from '../../room/snapshot.ts' */
/**
 * `now` says what the legend shows of a line, `least` is the lowest ceiling.
 * @typedef {{ look: string, label: string, read: (point: Point) => number | null, now: (values: (number | null)[]) => string }} ChartLine
 * @typedef {{ title: string, points: Point[], lines: ChartLine[], least: number }} Props
 */

const GRID = `M0 ${HEIGHT}H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 0H${WIDTH}`

/** A small chart of the last minutes, one point a second. */
export const LineChart = memo((/** @type {Props} */ { title, points, lines, least }) => {
  const over = points.slice(0, -1) // what was done in the last second may still be on its way to us
  const drawn = lines.map((line) => ({ ...line, values: over.map(line.read) }))
  const most = Math.max(0, ...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)))
  const ceiling = ceilingFor(Math.max(most, least))
  const peak = t('chart.peak', { value: number(most) })
  return html`
    <figure class="chart">
      <figcaption>
        <h2>${title}</h2>
        <p class="legend">
          ${drawn.toReversed().map(
            ({ look, label, values, now }) => html`
            <span class=${look}>${label} <b>${now(values)}</b></span>`,
          )}
        </p>
      </figcaption>
      <svg
        viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none"
        role="img" aria-label=${`${title}, ${t('chart.span')}, ${peak}`}
      >
        <path class="grid" d=${GRID} vector-effect="non-scaling-stroke" />
        ${drawn.map(
          ({ look, values }) => html`
          <path class=${look} d=${pathOf(values, ceiling)} vector-effect="non-scaling-stroke" />`,
        )}
      </svg>
      <p class="axis"><span>${t('chart.span')}</span><span class="peak">${peak}</span></p>
    </figure>`
})
