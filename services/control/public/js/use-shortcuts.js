import { useEffect, useRef } from '/assets/vendor/htm-preact.js'
import { TYPED_IN, wishOf } from './shortcuts.js'
import { goTo } from './view.js'

/** @import { Wish } from './shortcuts.js' */

const SEARCH = '[data-view=search] input[type=search]'
const WAIT_MS = 100 // until a view is drawn that was gone to

/** Keys do what buttons do that are on the page, and nothing where there is none. @param {boolean} areOn @param {() => void} help */
export function useShortcuts(areOn, help) {
  const now = useRef({ areOn, help })
  now.current = { areOn, help }
  useEffect(() => {
    const pressed = (/** @type {KeyboardEvent} */ event) => {
      const { target } = event
      if (!(target instanceof Element) || event.repeat || event.isComposing || event.defaultPrevented) return
      const wish = wishOf(event, target.closest(TYPED_IN) !== null)
      if (wish === null || (!now.current.areOn && wish.is !== 'help')) return
      event.preventDefault()
      fulfil(wish, target, now.current.help)
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

/** @param {Wish} wish @param {Element} target @param {() => void} help */
function fulfil(wish, target, help) {
  if (wish.is === 'help') help()
  else if (wish.is === 'view') goTo(wish.name)
  else if (wish.is === 'repair') press(document, '.repair')
  else if (wish.is === 'search') search()
  else if (wish.is === 'station')
    press(target.closest('[data-process]'), wish.does.map((one) => `[data-does=${one}]`).join())
}

/** @param {ParentNode | null} where @param {string} what */
function press(where, what) {
  const button = where?.querySelector(what)
  if (button instanceof HTMLButtonElement) button.click()
}

function search() {
  goTo('search')
  setTimeout(() => {
    const field = document.querySelector(SEARCH)
    if (field instanceof HTMLElement) field.focus()
  }, WAIT_MS)
}
