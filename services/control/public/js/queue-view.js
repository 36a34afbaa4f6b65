import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'
import { standingOfService } from './standing.js'
import { Station } from './station.js'

/** @import { ViewProps } from './room.js' */

/** `#/queue/<service>`: what is in the lists of one service. @param {ViewProps} props */
export function QueueView({ known, session, params: { service = '' } }) {
  const queue = known.picture?.lists?.find((one) => one.service === service)
  return html`
    <section class="part">
      <div class="section-head"><h2>${t('view.queueOf', { name: nameOf(service) })}</h2></div>
      <${Station} service=${service} queue=${queue} standing=${standingOfService(service, known, session)} />
    </section>`
}
