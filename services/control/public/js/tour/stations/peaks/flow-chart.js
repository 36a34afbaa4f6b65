import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { areaBetween, HEIGHT, pathOf, WIDTH } from '../../../chart-path.js'
import { sayFlow } from './say-flow.js'

/** @import { Flow } from '../../../../../tour/peaks/flow.ts' */
/** @typedef {{ title: string, flow: Flow | undefined, seconds: number[], perSecond: number }} Props */

const LEAST_S = 20 // so that two charts have one axis, mostly

/** What came in each second as a spike, what went as a flat line; the area between waits, and what was refused stands by itself. */
export function FlowChart(/** @type {Props} */ { title, flow, seconds, perSecond }) {
  const { came = [], went = [], refusals = [] } = flow ?? {}
  const length = Math.max(LEAST_S, came.length, went.length, refusals.length)
  const full = (/** @type {number[]} */ counts) => Array.from({ length }, (_, i) => counts[i] ?? 0)
  const most = Math.max(perSecond, ...seconds, ...came, ...went, ...refusals)
  const [ins, outs, nos] = [full(came), full(went), full(refusals)]
  return html`
    <figure class="flow">
      <figcaption><b>${title}</b></figcaption>
      <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label=${`${title}. ${sayFlow(flow)}`}>
        <path class="fills" d=${areaBetween(outs, ins, most)} />
        <path class="came" d=${pathOf(ins, most)} vector-effect="non-scaling-stroke" />
        <path class="went" d=${pathOf(outs, most)} vector-effect="non-scaling-stroke" />
        ${nos.some(Boolean) && html`<path class="refused" d=${pathOf(nos, most)} vector-effect="non-scaling-stroke" />`}
      </svg>
      <p class="legend">
        <span class="came">${t('tour.peaks.came')}</span><span class="went">${t('tour.peaks.went')}</span><span class="refused">${t('tour.peaks.refused')}</span>
        <span class="axis">${t('tour.peaks.axis', { seconds: number(length), most: number(most) })}</span>
      </p>
      <p class="said" role=${flow?.isOver ? 'status' : null}>${sayFlow(flow)}</p>
    </figure>`
}
