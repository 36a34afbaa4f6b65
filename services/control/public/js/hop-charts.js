import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { memo } from './memo.js'
import { nameOf } from './say-standing.js'
import { SpreadChart } from './spread-chart.js'

/** @import { HopPoint, Mark } from '../../room/snapshot.ts' */
/** @typedef {{ hops: HopPoint[], services: readonly string[], marks: Mark[] }} Props */

/** How long messages wait before a service, and how long it works on them. @type {ReturnType<typeof memo<Props>>} */
export const HopCharts = memo((/** @type {Props} */ props) => html`<${Chosen} ...${props} />`)

/** @param {Props} props */
function Chosen({ hops, services, marks }) {
  const [service, choose] = useState(services[2] ?? services[0] ?? '')
  const chosen = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) => choose(currentTarget.value)
  const select = html`
    <select aria-label=${t('hops.service')} value=${service} onChange=${chosen}>
      ${services.map((one) => html`<option value=${one}>${nameOf(one)}</option>`)}
    </select>`
  const chart = (/** @type {'wait' | 'work'} */ part, /** @type {unknown} */ extra) => html`
    <${SpreadChart}
      name=${part} title=${t(`hops.${part}`)} extra=${extra} marks=${marks} from=${hops[0]?.t ?? 0}
      spreads=${hops.map((point) => point.hops[service]?.[part] ?? null)}
    />`
  return html`${chart('wait', select)}${chart('work', html`<small>${nameOf(service)}</small>`)}`
}
