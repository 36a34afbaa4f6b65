import { useState } from '/assets/vendor/htm-preact.js'
import { useRoom } from '../room-store.js'
import { useSteps } from './use-steps.js'

/** @import { Session } from '../../../session-answer.ts' */
/** @import { TourNow } from './station.js' */

/** All that a station has to work with, for as long as it is shown. @returns {TourNow} */
export function useTour(/** @type {Session} */ session, /** @type {boolean} */ wantsCommands) {
  const { known, store } = useRoom()
  const heard = useSteps(wantsCommands)
  const [slowMs, setSlowMs] = useState(0)
  const act = (/** @type {object} */ action) => store.post('/api/admin/tour', action)
  return {
    ...{ known, store, session, slowMs },
    ...heard,
    slowDown: async (ms) => {
      await act({ action: 'slow', ms })
      setSlowMs(ms)
    },
    dieAt: (name, point) => act({ action: 'dieAt', name, point }),
    demo: (action) => store.post('/api/admin/demo', action),
    restore: async () => {
      await act({ action: 'restore' })
      setSlowMs(0)
    },
  }
}
