import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { orderAsOf } from './as-of.js'
import { AuditTile } from './audit-tile.js'
import { BreakPanel } from './break-panel.js'
import { Dam } from './dam.js'
import { OrderCharts } from './order-charts.js'
import { Pipeline } from './pipeline.js'
import { WorkerTable } from './worker-table.js'

/** @import { ViewProps } from './room.js' */

/** @type {never[]} */
const NONE = []

/** Where one breaks and watches. @param {ViewProps} props */
export function Stage({ known, store, session }) {
  const { picture, staleMs } = known
  const { faults } = session
  const now = (picture?.at ?? 0) + (staleMs ?? 0)
  return html`
    <div class=${faults ? 'stage with-demo' : 'stage'}>
      <section class="at-picture" aria-label=${t('picture.title')}>
        <${Pipeline} known=${known} session=${session} />
        <${WorkerTable} picture=${picture} isKnown=${staleMs === null && picture?.isRedisAway === false} />
      </section>
      ${
        faults &&
        html`
        <div class="at-demo">
          <${AuditTile} audit=${picture?.audit ?? null} now=${now} />
          <${BreakPanel} store=${store} known=${known} session=${session} faults=${faults} />
        </div>`
      }
      <div class="at-charts">
        <${OrderCharts} points=${picture?.chart ?? NONE} note=${orderAsOf(picture)} />
        <${Dam} dam=${picture?.dam ?? null} points=${picture?.chart ?? NONE} store=${store} />
      </div>
    </div>`
}
