import { dateAndClock, number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { MessageStory } from './message-story.js'
import { PauseButton } from './pause-button.js'
import { QueueHistory } from './queue-history.js'
import { nameOf, sayStanding } from './say-standing.js'
import { standingOfService } from './standing.js'
import { WaitingLists } from './waiting-lists.js'

/** @import { Queue } from '../../room/snapshot.ts' */
/** @import { ViewProps } from './room.js' */

/** `#/queue/<service>?from=newest&message=<id>`: what is in the lists of one service, how it went, and what holds it up. @param {ViewProps} props */
export function QueueView({ known, store, session, params }) {
  const { service = '', from = 'oldest', message = '' } = params
  const queue = known.picture?.lists?.find((one) => one.service === service)
  const standing = standingOfService(service, known, session)
  return html`
    <div class="queue-view">
      <section class="part" data-queue=${service}>
        <div class="section-head">
          <h2>${t('view.queueOf', { name: nameOf(service) })}</h2>
          <${PauseButton} service=${service} pausedAt=${queue?.pausedAt} store=${store} />
        </div>
        <p class="standing-line" data-look=${standing.look}>${sayStanding(standing)}</p>
        <p class="notice" role="status" hidden=${!queue?.pausedAt}>
          ${queue?.pausedAt ? t('queue.paused', { since: dateAndClock(queue.pausedAt) }) : ''}
        </p>
        <${Facts} queue=${queue} />
      </section>
      <${QueueHistory} service=${service} store=${store} marks=${known.picture?.marks ?? NONE} />
      ${
        message !== '' &&
        html`
        <section class="part">
          <div class="section-head">
            <h2>${t('story.title')}</h2>
            <a class="small" href=${linkTo('queue', { service, from: from === 'oldest' ? null : from })}>${t('story.close')}</a>
          </div>
          <${MessageStory} key=${message} service=${service} id=${message} store=${store} isWhole=${true} />
        </section>`
      }
      <${WaitingLists} service=${service} from=${from === 'newest' ? 'newest' : 'oldest'} store=${store} />
    </div>`
}

/** @type {never[]} */
const NONE = []

function Facts(/** @type {{ queue: Queue | undefined }} */ { queue }) {
  const live = queue?.workers.filter(({ isLive }) => isLive).length
  const fact = (/** @type {string} */ name, /** @type {unknown} */ value) =>
    html`<div data-fact=${name}><dt>${t(name)}</dt><dd>${value ?? '–'}</dd></div>`
  const floor = queue?.isCountCapped ? '+' : ''
  const dead = queue?.dead == null ? null : html`<a href=${linkTo('letters')}>${number(queue.dead)}</a>`
  return html`
    <dl class="queue-facts">
      ${fact('picture.waiting', queue && number(queue.waiting))}
      ${fact('picture.oldest', queue?.oldestAgeMs == null ? null : span(queue.oldestAgeMs))}
      ${fact('picture.inFlight', queue && number(queue.inFlight) + floor)}
      ${fact('picture.retrying', queue && number(queue.retrying) + floor)}
      ${fact('picture.dead', dead)}
      ${fact('queue.workers', live === undefined ? null : number(live))}
    </dl>`
}
