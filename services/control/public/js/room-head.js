import { Door } from '/assets/js/door.js'
import { number, span, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { linkTo } from './address.js'
import { deadIn } from './as-of.js'
import { ShortcutHelp } from './shortcut-help.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { View, ViewName } from './address.js' */
/** @import { Known, RoomStore } from './room-store.js' */
/** @typedef {{ known: Known, store: RoomStore, session: Session, view: View, onLeave: () => void }} Head */

/** The title, how live this room is, its views, and the way out. When the session has ended meanwhile, its door stands here. */
export function RoomHead(/** @type {Head} */ { known, store, session, view, onLeave }) {
  const { link, staleMs } = known
  const look = link === 'live' && staleMs !== null ? 'silent' : link
  const asOf = staleMs === null || known.picture === null ? '' : t('room.asOf', { ago: span(staleMs) })
  return html`
    <header class="at-head">
      <div class="room-head">
        <h1>${t('room.title')}</h1>
        <p class="pulse" role="status" data-look=${look}>${t(`room.${look}`)}</p>
        <p class="small as-of" hidden=${asOf === ''}>${asOf}</p>
        <${Views} view=${view} known=${known} hasMailbox=${session.hasMailbox} />
        <${ShortcutHelp} />
        ${link !== 'ended' && html`<${LogOut} leave=${store.leave} onLeave=${onLeave} />`}
      </div>
      ${link === 'ended' && html`<${Ended} reopen=${store.reopen} />`}
    </header>`
}

/** The views of the room, and the two pages beside it. @param {{ view: View, known: Known, hasMailbox: boolean }} props */
function Views({ view, known, hasMailbox }) {
  const dead = deadIn(known.picture)
  const link = (/** @type {ViewName} */ name, /** @type {number} */ count = 0) => html`
    <a href=${linkTo(name)} aria-current=${view.name === name ? 'page' : null}>${t(`view.${name}`)}${count > 0 && html` <b>${number(count)}</b>`}</a>`
  return html`
    <nav class="views" aria-label=${t('room.title')}>
      ${link('stage')}${link('orders')}${link('letters', dead)}${link('log')}${hasMailbox && link('mails')}${link('search')}${link('peaks')}${link('workers')}
      <a class="to-events" href="/events">${t('events.link')}</a>
      <a class="to-logs" href="/logs">${t('logs.link')}</a>
    </nav>`
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
