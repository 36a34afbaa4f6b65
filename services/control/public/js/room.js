import { html } from '/assets/vendor/htm-preact.js'
import { LettersView } from './letters-view.js'
import { LogsView } from './logs-view.js'
import { MailsView } from './mails-view.js'
import { OrdersView } from './orders-view.js'
import { PeaksView } from './peaks-view.js'
import { QueueView } from './queue-view.js'
import { RoomHead } from './room-head.js'
import { useRoom } from './room-store.js'
import { SearchView } from './search-view.js'
import { Stage } from './stage.js'
import { useTitle } from './use-title.js'
import { useView, ViewBox } from './view.js'
import { WorkersView } from './workers-view.js'

/** @import { Session } from '../../session-answer.ts' */
/** @import { ViewName } from './address.js' */
/** @import { Known, RoomStore } from './room-store.js' */
/**
 * What every view is given: what the room knows, what is kept of that and asks for more, and what its address says.
 * @typedef {{ known: Known, store: RoomStore, session: Session, params: Record<string, string> }} ViewProps
 */

/** @type {Record<ViewName, (props: ViewProps) => unknown>} */
const VIEWS = {
  stage: Stage,
  queue: QueueView,
  search: SearchView,
  letters: LettersView,
  orders: OrdersView,
  log: LogsView,
  mails: MailsView,
  peaks: PeaksView,
  workers: WorkersView,
}

/** The whole control room, live for as long as it is shown; its address says which view of it. */
export function Room(/** @type {{ session: Session, onLeave: () => void }} */ { session, onLeave }) {
  const { known, store } = useRoom()
  const view = useView()
  useTitle(known)
  const { name, params } = view
  return html`
    <div class="room">
      <${RoomHead} known=${known} store=${store} session=${session} view=${view} onLeave=${onLeave} />
      <${ViewBox} view=${view}>
        <${VIEWS[name]} known=${known} store=${store} session=${session} params=${params} />
      <//>
    </div>`
}
