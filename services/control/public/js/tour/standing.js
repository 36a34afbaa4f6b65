import { Door } from '/assets/js/door.js'
import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { TourNow } from './station.js' */

/** What keeps the picture from being true: nobody answers, the session has ended, Redis is away. Nothing while it is. */
export function Standing(/** @type {{ tour: TourNow }} */ { tour }) {
  const { link, staleMs, picture } = tour.known
  if (link === 'ended')
    return html`
      <section class="notice ended" aria-label=${t('room.ended')}>
        <p>${t('room.ended.about')}</p>
        <${Door} onOpen=${tour.store.reopen} />
      </section>`
  const isSilent = picture !== null && staleMs !== null
  if (link === 'gone' || tour.link === 'gone' || isSilent)
    return html`<p class="notice" role="status">${t('room.gone')} ${isSilent && t('room.asOf', { ago: span(staleMs) })}</p>`
  return html`<p class="notice" role="status" hidden=${!picture?.isRedisAway}>${t('room.redisGone')}</p>`
}
