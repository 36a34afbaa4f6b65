import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { ChartFrame } from './chart-frame.js'
import { HEIGHT, pathOf, WIDTH } from './chart-path.js'
import { heightOf, lastIn, STEPS_MS } from './log-scale.js'

/** @import { Mark, Spread } from '../../room/snapshot.ts' */
/**
 * `spreads` has one entry a second, from second `from` on; `extra` stands behind the title.
 * @typedef {{ name: string, title: string, extra?: unknown, spreads: (Spread | null)[], from: number, marks: Mark[] }} Props
 */

const QUANTILES = /** @type {const} */ (['p50', 'p95', 'p99'])
const LOOKS = { p50: 'strong', p95: 'soft', p99: 'far' }
const FRESH_S = 3
const GRID = STEPS_MS.map((ms) => `M0 ${(HEIGHT - (heightOf(ms) ?? 0) * HEIGHT).toFixed(1)}H${WIDTH}`).join('')

/** How long something takes half of those it happens to, 95 and 99 in a hundred, on a scale by tens. @param {Props} props */
export function SpreadChart({ name, title, extra, spreads, from, marks }) {
  const line = (/** @type {keyof Spread} */ one) => {
    const heights = spreads.map((spread) => heightOf(spread?.[one] ?? null))
    return html`<path class=${LOOKS[one]} d=${pathOf(heights, 1)} vector-effect="non-scaling-stroke" />`
  }
  return html`
    <${ChartFrame}
      name=${name} label=${`${title}, ${t('chart.span')}`} extra=${html`<h2>${title} ${extra}</h2>`}
      legend=${html`<${Legend} spreads=${spreads} />`} axis=${html`<${Steps} />`} marks=${marks} over=${{ from, seconds: spreads.length }}
    >
      <path class="grid" d=${GRID} vector-effect="non-scaling-stroke" />
      ${QUANTILES.toReversed().map(line)}
    <//>`
}

/** The last values, and how old they are: what was half a minute ago is not how it is now. @param {{ spreads: (Spread | null)[] }} props */
function Legend({ spreads }) {
  const last = lastIn(spreads)
  const age = last && last.ageS > FRESH_S ? t('tile.ago', { ago: span(last.ageS * 1_000) }) : ''
  return html`
    ${QUANTILES.map((one) => html`<span class=${LOOKS[one]}>${t(`chart.${one}`)} <b>${last ? span(last.value[one]) : '–'}</b></span>`)}
    ${age && html`<small>${age}</small>`}`
}

function Steps() {
  const named = STEPS_MS.filter((_, i) => i % 2 === 1)
  return html`<div class="steps" aria-hidden="true">${named.map((ms) => html`<span style=${{ '--up': heightOf(ms) }}>${span(ms)}</span>`)}</div>`
}
