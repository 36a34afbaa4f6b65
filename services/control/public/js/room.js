import { span, t } from '/assets/js/text.js'
import { html, useEffect } from '/assets/vendor/htm-preact.js'
import { AuditTile } from './audit-tile.js'
import { BreakPanel } from './break-panel.js'
import { Dam } from './dam.js'
import { DeadLetterList } from './dead-letter-list.js'
import { LogView } from './log-view.js'
import { MailboxList } from './mailbox-list.js'
import { OrderCharts } from './order-charts.js'
import { OrderList } from './order-list.js'
import { Pipeline } from './pipeline.js'
import { RoomHead } from './room-head.js'
import { useRoom } from './room-store.js'
import { WorkerTable } from './worker-table.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */

/** @type {never[]} */
const NONE = []

/** The whole control room, live for as long as it is shown. */
export function Room(/** @type {{ session: Session, onLeave: () => void }} */ { session, onLeave }) {
  const { known, store } = useRoom()
  useEffect(goToPanel, [])
  const { picture, staleMs, wish } = known
  const { faults, hasMailbox, states } = session
  const now = (picture?.at ?? 0) + (staleMs ?? 0)
  const note = picture ? orderAsOf(picture) : ''
  return html`
    <div class=${faults ? 'room with-demo' : 'room'}>
      <${RoomHead} known=${known} store=${store} onLeave=${onLeave} />
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
        <${OrderCharts} points=${picture?.chart ?? NONE} note=${note} />
        <${Dam} dam=${picture?.dam ?? null} points=${picture?.chart ?? NONE} store=${store} />
      </div>
      <div class="at-lists">
        <${OrderList}
          picture=${picture} states=${states} note=${note}
          chosen=${wish.state} choose=${(/** @type {string | null} */ state) => store.want({ state })}
        />
        <${DeadLetterList} store=${store} count=${deadIn(picture)} />
        <${LogView} lines=${picture?.lines ?? NONE} filter=${wish.log} note=${picture ? logAsOf(picture) : ''} store=${store} />
        ${hasMailbox && html`<${MailboxList} store=${store} picture=${picture} />`}
      </div>
    </div>`
}

/** Other pages lead to a panel by its name; when the browser looked for it there was none yet. */
function goToPanel() {
  if (location.hash !== '') document.getElementById(location.hash.slice(1))?.scrollIntoView()
}

/** While order does not answer, what it told last is shown, and how old that is. */
function orderAsOf(/** @type {Picture} */ { at, orderAway }) {
  if (!orderAway) return ''
  const { knownAt } = orderAway
  return knownAt === null ? t('room.orderAway') : t('room.orderAsOf', { ago: span(at - knownAt) })
}

/** Lines are told by logs alone; all else goes on without it. */
function logAsOf(/** @type {Picture} */ { at, logAway }) {
  if (!logAway) return ''
  const { knownAt } = logAway
  return knownAt === null ? t('log.away') : t('log.asOf', { ago: span(at - knownAt) })
}

/** How many dead letters there are, as far as is known. */
function deadIn(/** @type {Picture | null} */ picture) {
  return (picture?.lists ?? []).reduce((sum, { dead }) => sum + (dead ?? 0), 0)
}
