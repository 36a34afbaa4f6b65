import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { ChartFrame } from './chart-frame.js'
import { areaBetween, ceilingFor, HEIGHT, meanOf, pathOf, WIDTH } from './chart-path.js'
import { memo } from './memo.js'
import { rate } from './say-standing.js'

/** @import { Mark, Point } from '../../room/snapshot.ts' */

const GRID = `M0 ${HEIGHT}H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 0H${WIDTH}`
const LEAST = 5

/**
 * Orders placed and finished, second by second: what comes in as a spike goes out flat, and what lies between the lines waits.
 * `waiting` is how many do; `note` says how old all this is, if it is.
 * @type {ReturnType<typeof memo<{ points: Point[], waiting: number | null, marks: Mark[], note: string }>>}
 */
export const FlowChart = memo(({ points, waiting, marks, note }) => {
  const over = points.slice(0, -1) // what was done in the last second may still be on its way to us
  const [placed, paid] = [over.map((point) => point.placed), over.map((point) => point.paid)]
  const most = ceilingFor(Math.max(LEAST, ...placed, ...paid))
  const legend = html`
    <span class="soft">${t('chart.placed')} <b>${perSecond(placed)}</b></span>
    <span class="strong">${t('chart.paid')} <b>${perSecond(paid)}</b></span>
    <span class="area">${t('dam.between')} <b>${waiting === null ? '–' : number(waiting)}</b></span>`
  return html`
    <${ChartFrame}
      name="flow" label=${t('dam.chart', { rate: number(most) })} extra=${html`<h2>${t('chart.throughput')}</h2>`} legend=${legend} marks=${marks} isNamed=${true}
      axis=${html`<div class="steps" aria-hidden="true"><span style=${{ '--up': 1 }}>${number(most)}</span></div>${note && html`<p class="small as-of">${note}</p>`}`}
      over=${{ from: over[0]?.t ?? 0, seconds: over.length }}
    >
      <path class="grid" d=${GRID} vector-effect="non-scaling-stroke" />
      <path class="fills" d=${areaBetween(paid, placed, most)} /><path class="drains" d=${areaBetween(placed, paid, most)} />
      <path class="soft" d=${pathOf(placed, most)} vector-effect="non-scaling-stroke" />
      <path class="strong" d=${pathOf(paid, most)} vector-effect="non-scaling-stroke" />
    <//>`
})

/** Of the last ten seconds, which are as old as the chart is. @param {number[]} values */
function perSecond(values) {
  const mean = meanOf(values)
  return mean === null ? '–' : rate(mean)
}
