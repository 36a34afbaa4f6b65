import { get, isRefusedEntry } from '/assets/js/api.js'
import { enter } from '/assets/js/enter.js'
import { useAgain } from '/assets/js/use-again.js'
import { useMemo, useState } from '/assets/vendor/htm-preact.js'

/** @import { BusNow } from '../../bus/bus-answer.ts' */
/**
 * How it goes on the bus, as it was told last; null while nothing is known, and for whoever is not let in.
 * @typedef {{ link: 'connecting' | 'live' | 'gone' | 'locked', now: BusNow | null }} Bus
 */

const AGAIN_MS = 1_000
const KNOCK_AGAIN_MS = 10_000 // somebody may sign in meanwhile, in another window

/** Asks once a second while the page is looked at. @returns {Bus} */
export function useBus() {
  const [bus, setBus] = useState(/** @type {Bus} */ ({ link: 'connecting', now: null }))
  const entered = useMemo(enter, [])
  useAgain(async (isOld) => {
    await entered
    const next = await ask()
    if (!isOld()) setBus((before) => ({ ...before, ...next }))
    return next.link === 'locked' ? KNOCK_AGAIN_MS : AGAIN_MS
  }, [])
  return bus
}

/** @returns {Promise<Partial<Bus>>} */
async function ask() {
  try {
    return { link: 'live', now: await get('/api/admin/events') }
  } catch (error) {
    return isRefusedEntry(error) ? { link: 'locked', now: null } : { link: 'gone' }
  }
}
