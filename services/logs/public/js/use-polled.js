import { get, isRefusedEntry } from '/assets/js/api.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/**
 * What was answered last, null before anything was; `isAway` while it is not of this moment.
 * @template T
 * @typedef {{ value: T | null, isAway: boolean }} Polled
 */

/** Asks again and again while the page is looked at. @param {string} path @param {number} everyMs @param {() => void} onLocked @returns {Polled<any>} */
export function usePolled(path, everyMs, onLocked) {
  const [polled, setPolled] = useState(/** @type {Polled<any>} */ ({ value: null, isAway: false }))
  useEffect(() => {
    let isShown = true
    /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer
    const look = async () => {
      const next = document.hidden ? null : await ask(path, onLocked)
      if (!isShown) return
      if (next) setPolled(({ value }) => ({ value: next.isAway ? value : next.value, isAway: next.isAway }))
      timer = setTimeout(look, everyMs)
    }
    void look()
    return () => {
      isShown = false
      clearTimeout(timer)
    }
  }, [path])
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
