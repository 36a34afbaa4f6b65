import { useLayoutEffect } from '/assets/vendor/htm-preact.js'
import { stationAt } from './station-list.js'

const TYPING = 'input:not([type=radio], [type=checkbox], [type=range]), textarea, select, [contenteditable], dialog'
const OWN_ARROWS = 'input, [role=slider], pre' // where arrows do something else

/**
 * Arrows lead on and back, K breaks what is offered, R repairs; never while somebody types, reads a message or holds another key
 * down, and where keys are switched off in the control room.
 * @param {string} id @param {{ kill(): void, repair(): void }} acts
 */
export function useKeys(id, { kill, repair }) {
  // Before it is painted: who sees a button may press its key at once, and would be heard by what was there before.
  useLayoutEffect(() => {
    const hear = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isIn(event, TYPING)) return
      if (event.isComposing || event.defaultPrevented || document.cookie.includes('shortcuts=off')) return
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
