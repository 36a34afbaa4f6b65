import { html } from '/assets/vendor/htm-preact.js'
import { orderAsOf } from './as-of.js'
import { FlowChart } from './flow-chart.js'
import { HopCharts } from './hop-charts.js'
import { waitingIn } from './little.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */

/** @type {never[]} */
const NONE = []

/** The last minutes: what comes and goes, and how long that takes at each hop. @param {{ picture: Picture | null, session: Session }} props */
export function Charts({ picture, session }) {
  const { chart = NONE, hops = NONE, marks = NONE, dam = null } = picture ?? {}
  return html`
    <div class="charts">
      <${FlowChart} points=${chart} waiting=${dam && waitingIn(dam.hops)} marks=${marks} note=${orderAsOf(picture)} />
      <${HopCharts} hops=${hops} services=${session.services} marks=${marks} />
    </div>`
}
