import { useEffect } from '/assets/vendor/htm-preact.js'
import { stationAt } from './station-list.js'

/** @import { Shown } from './station.js' */

const TYPING = 'input, textarea, select, [contenteditable]'

/** Arrows lead on and back, K breaks what is offered, R repairs; never while somebody types or holds another key down. */
export function useKeys(/** @type {string} */ id, /** @type {Shown} */ shown) {
  useEffect(() => {
    const hear = (/** @type {KeyboardEvent} */ event) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        (event.target instanceof Element && event.target.closest(TYPING))
      )
        return
      const next =
        event.key === 'ArrowRight' ? stationAt(id, 1) : event.key === 'ArrowLeft' ? stationAt(id, -1) : undefined
      if (next !== undefined) location.hash = next
      if (event.key === 'k') document.querySelector(/** @type {'button'} */ ('.stage [data-key=k]'))?.click()
      if (event.key === 'r') shown.repair()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  }, [id, shown])
}
