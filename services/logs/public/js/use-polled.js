import { get, isRefusedEntry } from '/assets/js/api.js'
import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

/**
 * What was answered last, null before anything was; `isAway` while it is not of this moment.
 * @template T
 * @typedef {{ value: T | null, isAway: boolean }} Polled
 */

/** Asks again and again while the page is looked at. @param {string} path @param {number} everyMs @param {() => void} onLocked @returns {Polled<any>} */
export function usePolled(path, everyMs, onLocked) {
  const [polled, setPolled] = useState(/** @type {Polled<any>} */ ({ value: null, isAway: false }))
  useAgain(
    async (isOld) => {
      const next = await ask(path, onLocked)
      if (!isOld()) setPolled(({ value }) => ({ value: next.isAway ? value : next.value, isAway: next.isAway }))
      return everyMs
    },
    [path],
  )
  return polled
}

/** @param {string} path @param {() => void} onLocked @returns {Promise<Polled<any>>} */
async function ask(path, onLocked) {
  try {
    return { value: await get(path), isAway: false }
  } catch (error) {
    if (isRefusedEntry(error)) onLocked()
    return { value: null, isAway: true }
  }
}
