import { useMemo } from '/assets/vendor/htm-preact.js'
import { useRoom } from '../room-store.js'
import { useSteps } from './use-steps.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { Station, TourNow } from './station.js' */

/**
 * All that a station has to work with, for as long as it is shown. `page` is made up anew each time a station is entered: what
 * was broken at the one before is mended when its page is known to have gone. @returns {TourNow}
 */
export function useTour(/** @type {Session} */ session, /** @type {Station} */ { id, wantsCommands }) {
  const { known, store } = useRoom()
  const page = useMemo(() => crypto.randomUUID(), [])
  const heard = useSteps({ page, wantsCommands, wantsLogs: id === 'logs' })
  const act = (/** @type {object} */ action) => store.post('/api/admin/tour', { page, ...action })
  return {
    ...{ known, store, session, page },
    ...heard,
    slowDown: (ms) => act({ action: 'slow', ms }),
    dieAt: (name, point) => act({ action: 'dieAt', name, point }),
    demo: (action) => act({ action: 'demo', demo: action }),
    restore: () => act({ action: 'restore' }),
  }
}
