import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

/** @import { RoomStore } from '../room-store.js' */

const LOOK_MS = 400

/**
 * What a server tells, asked again and again while the page is looked at; null before anything is known, and what was told last while
 * nobody answers. An empty path asks for nothing.
 * @param {RoomStore} store @param {string} path @param {number} [everyMs] @returns {any}
 */
export function useTold(store, path, everyMs = LOOK_MS) {
  const [told, setTold] = useState(/** @type {any} */ (null))
  useAgain(
    async (isOld) => {
      if (path === '') return null
      const next = await store.get(path).catch(() => null)
      if (next !== null && !isOld()) setTold(next)
      return everyMs
    },
    [path],
  )
  return told
}
