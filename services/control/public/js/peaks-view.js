import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { orderAsOf } from './as-of.js'
import { Dam } from './dam.js'
import { FlowChart } from './flow-chart.js'
import { waitingIn } from './little.js'
import { SpreadChart } from './spread-chart.js'

/** @import { Point, Spread } from '../../room/snapshot.ts' */
/** @import { ViewProps } from './room.js' */

/** @type {never[]} */
const NONE = []

/** `#/peaks`: how a peak is held back, and what it does to an order's way to its money. @param {ViewProps} props */
export function PeaksView({ known, store }) {
  const { chart = NONE, marks = NONE, dam = null } = known.picture ?? {}
  return html`
    <div class="peaks">
      <${Dam} dam=${dam} store=${store} />
      <div class="charts">
        <${FlowChart} points=${chart} waiting=${dam && waitingIn(dam.hops)} marks=${marks} note=${orderAsOf(known.picture)} />
        <${SpreadChart} name="paid" title=${t('chart.latency')} spreads=${chart.map(spreadOf)} from=${chart[0]?.t ?? 0} marks=${marks} />
      </div>
    </div>`
}

/** @param {Point} point @returns {Spread | null} */
function spreadOf({ p50Ms: p50, p95Ms: p95, p99Ms: p99 }) {
  return p50 === null || p95 === null || p99 === null ? null : { p50, p95, p99 }
}
