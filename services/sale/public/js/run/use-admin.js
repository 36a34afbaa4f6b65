import { get, isRefusedEntry } from '/assets/js/api.js'
import { enter } from '/assets/js/enter.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Session } from '../../../../control/session-answer.ts' */
/** @typedef {{ is: 'shut' | 'asking' | 'locked' | 'away' } | { is: 'open', session: Session }} Gate */

const KEY = 'runs-sales' // in this tab: nobody else is asked for the token of the control room, and nobody asks control

/** Whether whoever looks runs the shop, by the session of the control room; asked only once they say so. */
export function useAdmin() {
  const [gate, setGate] = useState(/** @type {Gate} */ ({ is: 'shut' }))
  const knock = async () => {
    sessionStorage.setItem(KEY, 'yes')
    setGate({ is: 'asking' })
    await enter()
    setGate(
      await get('/api/admin/session').then(
        (session) => ({ is: 'open', session }),
        (error) => ({ is: isRefusedEntry(error) ? 'locked' : 'away' }),
      ),
    )
  }
  useEffect(() => void (sessionStorage.getItem(KEY) !== null && knock()), [])
  return { gate, knock }
}
