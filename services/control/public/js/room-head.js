import { span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Door } from './door.js'

/** @import { Known } from './room-store.js' */

/** The title, and how live this room is. When the session has ended meanwhile, its door stands here. */
export function RoomHead(/** @type {{ known: Known, reopen: () => void }} */ { known, reopen }) {
  const { link, staleMs } = known
  const look = link === 'live' && staleMs !== null ? 'silent' : link
  const asOf = staleMs === null || known.picture === null ? '' : t('room.asOf', { ago: span(staleMs) })
  return html`
    <header class="at-head">
      <div class="room-head">
        <h1>${t('room.title')}</h1>
        <p class="pulse" role="status" data-look=${look}>${t(`room.${look}`)}</p>
        <p class="small as-of" hidden=${asOf === ''}>${asOf}</p>
      </div>
      ${link === 'ended' && html`<${Ended} reopen=${reopen} />`}
    </header>`
}

function Ended(/** @type {{ reopen: () => void }} */ { reopen }) {
  return html`
    <section class="notice ended" aria-label=${t('room.ended')}>
      <p>${t('room.ended.about')}</p>
      <${Door} onOpen=${reopen} />
    </section>`
}
