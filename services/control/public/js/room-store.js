import { get, isRefusedEntry, post } from '/assets/js/api.js'
import { follow } from '/assets/js/stream.js'
import { t } from '/assets/js/text.js'
import { useEffect, useMemo, useState } from '/assets/vendor/htm-preact.js'
import { mergePicture } from './merge-picture.js'

/** @import { Snapshot } from '../../room/snapshot.ts' */
/** @import { Picture } from './merge-picture.js' */
/**
 * What the room knows. `link` says how the stream stands; `staleMs` for how long nothing has been heard, null while
 * the picture is of this moment; `wish` what the log and the list of orders are narrowed to.
 * @typedef {{ link: 'connecting' | 'live' | 'gone' | 'ended', staleMs: number | null, picture: Picture | null, wish: Wish }} Known
 * @typedef {{ log: string, state: string | null }} Wish
 * @typedef {ReturnType<typeof createRoomStore>} RoomStore
 */

const SILENT_MS = 3_000 // a picture comes twice a second
const TICK_MS = 1_000

/** @type {Known} */
const NOTHING = { link: 'connecting', staleMs: null, picture: null, wish: { log: '', state: null } }

/** What the room knows, and the store that keeps it, for as long as the room is shown. */
export function useRoom() {
  const [known, hear] = useState(NOTHING)
  const store = useMemo(() => createRoomStore(hear), [])
  useEffect(() => store.open(), [])
  return { known, store }
}

/** Keeps what the stream tells. What else the room asks for goes through here, too: the session may have ended. */
function createRoomStore(/** @type {(known: Known) => void} */ hear) {
  const { now, tell, learn, grow } = createKnown(hear)
  /** @type {ReturnType<typeof follow> | null} */ let stream = null
  const close = () => stream?.close()
  const unlessEnded = async (/** @type {() => Promise<any>} */ ask) => {
    if (now().link === 'ended') throw new Error(t('room.ended.about'))
    return ask().catch((error) => {
      if (!isRefusedEntry(error)) throw error
      close()
      tell({ link: 'ended' })
      throw new Error(t('room.ended.about'))
    })
  }
  const down = () => {
    tell({ link: 'gone' })
    unlessEnded(() => get('/api/admin/session')).catch(() => {}) // a stream does not say why it was refused
  }
  const start = () => {
    stream = follow(() => `/api/admin/live?${queryOf(now().wish)}`, { up: () => {}, down, hear: learn })
  }
  return {
    get: (/** @type {string} */ path) => unlessEnded(() => get(path)),
    post: (/** @type {string} */ path, /** @type {object} */ body) => unlessEnded(() => post(path, body)),
    /** Narrows the log, or the list of orders. */
    want: (/** @type {Partial<Wish>} */ more) => {
      const before = now().wish
      const wish = { ...before, ...more }
      if (wish.log === before.log && wish.state === before.state) return
      tell({ wish })
      if (now().link !== 'ended') stream?.restart()
    },
    /** Ends the session, here and in other tabs. */
    leave: () => post('/control/logout').then(close),
    /** Goes on after somebody has signed in again. */
    reopen: () => {
      tell({ link: 'connecting' })
      start()
    },
    /** Follows the stream until what is returned is called. */
    open: () => {
      start()
      const timer = setInterval(grow, TICK_MS)
      return () => {
        clearInterval(timer)
        close()
      }
    },
  }
}

/** What is known, and for how long nothing has been heard. `hear` is told of each change. */
function createKnown(/** @type {(known: Known) => void} */ hear) {
  let known = NOTHING
  let heardAt = Date.now()
  const isSilent = () => Date.now() - heardAt >= SILENT_MS
  const tell = (/** @type {Partial<Known>} */ news) => {
    known = { ...known, ...news, staleMs: null }
    if (known.link !== 'live' || isSilent()) known.staleMs = Date.now() - heardAt
    hear(known)
  }
  return {
    now: () => known,
    tell,
    learn: (/** @type {Snapshot} */ event) => {
      heardAt = Date.now()
      tell({ link: 'live', picture: mergePicture(known.picture, event) })
    },
    /** What is old grows older, though nobody says so. */
    grow: () => {
      if (known.staleMs !== null || isSilent()) tell({})
    },
  }
}

function queryOf(/** @type {Wish} */ { log, state }) {
  return new URLSearchParams({ log, ...(state !== null && { state }) })
}
