import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { lastOf, meanOf } from './chart-path.js'
import { LineChart } from './line-chart.js'
import { rate } from './say-standing.js'

/** @import { Point } from '../../room/snapshot.ts' */
/** @import { ChartLine } from './line-chart.js' */

/** @type {ChartLine['now']} */
const perSecond = (values) => orDash(meanOf(values), rate)
/** @type {ChartLine['now']} */
const milliseconds = (values) => orDash(lastOf(values), number)

/** @type {ChartLine[]} */
const THROUGHPUT = [
  { look: 'soft', label: t('chart.placed'), read: ({ placed }) => placed, now: perSecond },
  { look: 'strong', label: t('chart.paid'), read: ({ paid }) => paid, now: perSecond },
]
/** @type {ChartLine[]} */
const LATENCY = [
  { look: 'soft', label: t('chart.p95'), read: ({ p95Ms }) => p95Ms, now: milliseconds },
  { look: 'strong', label: t('chart.p50'), read: ({ p50Ms }) => p50Ms, now: milliseconds },
]

/** How many orders come and are paid, and how long that takes them. `note` says how old that is, if it is. */
export function OrderCharts(/** @type {{ points: Point[], note: string }} */ { points, note }) {
  return html`
    <p class="small as-of" hidden=${note === ''}>${note}</p>
    <${LineChart} title=${t('chart.throughput')} points=${points} lines=${THROUGHPUT} least=${1} />
    <${LineChart} title=${t('chart.latency')} points=${points} lines=${LATENCY} least=${10} />`
}

/** @param {number | null} value @param {(value: number) => string} say */
function orDash(value, say) {
  return value === null ? '–' : say(value)
}
