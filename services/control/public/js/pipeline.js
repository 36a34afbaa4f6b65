import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { QueueLane } from './queue-lane.js'
import { standingOfService } from './standing.js'
import { ForwardWay, ResultWay } from './way.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */
/** @import { Known } from './room-store.js' */

/** The picture of the pipeline: the services, each with the list in front of it, and the ways between them. */
export function Pipeline(/** @type {{ known: Known, session: Session }} */ { known, session }) {
  const { services, routes } = session
  const { picture } = known
  const lanes = services.map((service) => {
    const queue = picture?.lists?.find((one) => one.service === service)
    return html`
      <${QueueLane} key=${service} service=${service} queue=${queue} standing=${standingOfService(service, known, session)} />`
  })
  const asOf = picture?.isRedisAway && listsAsOf(picture)
  return html`
    <div class="pipeline-box">
      <p class="notice" role="status" hidden=${!picture?.isRedisAway}>${t('room.redisGone')}</p>
      <p class="small as-of" hidden=${!asOf}>${asOf}</p>
      <div class="pipeline" role="group" aria-label=${t('picture.label')} style=${{ '--stops': services.length }}>
        <${ForwardWay} services=${services} routes=${routes} />
        ${lanes}
        <${ResultWay} services=${services} routes=${routes} />
      </div>
    </div>`
}

/** While Redis is away the lists are shown as they were known last. */
function listsAsOf(/** @type {Picture} */ { at, listsAt }) {
  return listsAt === null ? null : t('room.listsAsOf', { ago: span(at - listsAt) })
}
