import { useEffect } from '/assets/vendor/htm-preact.js'
import { stationAt } from './station-list.js'

const TYPING = 'input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable]'
const OWN_ARROWS = 'input, select, [role=slider], dialog[open], pre' // where arrows do something else

/**
 * Arrows lead on and back, K breaks what is offered, R repairs; never while somebody types or holds another key down.
 * @param {string} id @param {{ kill(): void, repair(): void }} acts
 */
export function useKeys(id, { kill, repair }) {
  useEffect(() => {
    const hear = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isIn(event, TYPING)) return
      const steps = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
      const next = steps === 0 || isIn(event, OWN_ARROWS) ? undefined : stationAt(id, steps)
      if (next !== undefined) location.hash = next
      if (event.key.toLowerCase() === 'k') kill()
      if (event.key.toLowerCase() === 'r') repair()
    }
    addEventListener('keydown', hear)
    return () => removeEventListener('keydown', hear)
  })
}

const isIn = (/** @type {KeyboardEvent} */ { target }, /** @type {string} */ selector) =>
  target instanceof Element && target.closest(selector) !== null
