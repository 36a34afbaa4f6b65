import { Door } from '/assets/js/door.js'
import { span, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Known, RoomStore } from './room-store.js' */
/** @typedef {{ known: Known, store: RoomStore, onLeave: () => void }} Head */

/** The title, how live this room is, and the way out. When the session has ended meanwhile, its door stands here. */
export function RoomHead(/** @type {Head} */ { known, store, onLeave }) {
  const { link, staleMs } = known
  const look = link === 'live' && staleMs !== null ? 'silent' : link
  const asOf = staleMs === null || known.picture === null ? '' : t('room.asOf', { ago: span(staleMs) })
  return html`
    <header class="at-head">
      <div class="room-head">
        <h1>${t('room.title')}</h1>
        <p class="pulse" role="status" data-look=${look}>${t(`room.${look}`)}</p>
        <a class="small to-events" href="/events">${t('events.link')}</a>
        <a class="small to-logs" href="/logs">${t('logs.link')}</a>
        <p class="small as-of" hidden=${asOf === ''}>${asOf}</p>
        ${link !== 'ended' && html`<${LogOut} leave=${store.leave} onLeave=${onLeave} />`}
      </div>
      ${link === 'ended' && html`<${Ended} reopen=${store.reopen} />`}
    </header>`
}

function LogOut(/** @type {{ leave: () => Promise<void>, onLeave: () => void }} */ { leave, onLeave }) {
  const [hasFailed, setFailed] = useState(false)
  const out = () => leave().then(onLeave, () => setFailed(true))
  return html`
    <div class="way-out">
      <p class="failure" role="alert" hidden=${!hasFailed}>${t('room.stillIn')}</p>
      <button class="quiet" onClick=${out}>${t('room.leave')}</button>
    </div>`
}

function Ended(/** @type {{ reopen: () => void }} */ { reopen }) {
  return html`
    <section class="notice ended" aria-label=${t('room.ended')}>
      <p>${t('room.ended.about')}</p>
      <${Door} onOpen=${reopen} />
    </section>`
}
