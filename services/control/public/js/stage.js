import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { AuditStrip } from './audit-strip.js'
import { Charts } from './charts.js'
import { FaultsPanel } from './faults-panel.js'
import { isTold } from './machine.js'
import { Pipeline } from './pipeline.js'
import { useActs } from './use-acts.js'
import { useArmed } from './use-armed.js'

/** @import { ViewProps } from './room.js' */

/** Where one breaks and watches, all on one screen. @param {ViewProps} props */
export function Stage({ known, store, session, params }) {
  const { picture, staleMs } = known
  const { faults } = session
  const { said, acts } = useActs(store)
  useArmed(params.arm, isTold(picture))
  const now = (picture?.at ?? 0) + (staleMs ?? 0)
  return html`
    <div class=${faults ? 'stage with-demo' : 'stage'}>
      ${faults && html`<${AuditStrip} audit=${picture?.audit ?? null} now=${now} />`}
      <section class="at-picture" aria-labelledby="picture-title">
        <h2 id="picture-title" class="unseen">${t('picture.title')}</h2>
        <${Pipeline} known=${known} session=${session} acts=${acts} />
      </section>
      ${faults && html`<${FaultsPanel} known=${known} session=${session} faults=${faults} acts=${acts} said=${said} />`}
      <${Charts} picture=${picture} session=${session} />
      ${!faults && html`<p class="small" role="status">${said}</p>`}
    </div>`
}
