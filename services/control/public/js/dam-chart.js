import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { areaBetween, HEIGHT, pathOf, WIDTH } from './chart-path.js'
import { memo } from './memo.js'

/** @import { Point } from '../../room/snapshot.ts' */

/** What comes in as a spike goes out flat, and what lies between the lines waits: it fills, and it drains. */
export const DamChart = memo((/** @type {{ points: Point[], waiting: number | null }} */ { points, waiting }) => {
  const over = points.slice(0, -1) // what was done in the last second may still be on its way to us
  const placed = over.map((point) => point.placed)
  const paid = over.map((point) => point.paid)
  const most = over.reduce((high, point) => Math.max(high, point.placed, point.paid), 10)
  const fills = areaBetween(paid, placed, most)
  const drains = areaBetween(placed, paid, most)
  return html`
    <figure class="chart dam-chart">
      <figcaption>
        <p class="legend">
          <span class="soft">${t('dam.comes')}</span><span class="strong">${t('dam.goes')}</span>
          <span class="area">${t('dam.between')} <b>${waiting === null ? '–' : number(waiting)}</b></span>
        </p>
      </figcaption>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${t('dam.chart', { rate: number(most) })}>
        <path class="fills" d=${fills} /><path class="drains" d=${drains} />
        <path class="soft" d=${pathOf(placed, most)} vector-effect="non-scaling-stroke" />
        <path class="strong" d=${pathOf(paid, most)} vector-effect="non-scaling-stroke" />
      </svg>
      <p class="axis"><span>${t('chart.span')}</span><span class="peak">${t('dam.scale', { rate: number(most) })}</span></p>
    </figure>`
})
