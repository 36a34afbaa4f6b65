import { html, useEffect, useLayoutEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { linkTo, viewIn } from './address.js'

/** @import { View, ViewName } from './address.js' */
/** @typedef {{ y: number, focused: string | null }} Place how far a view was scrolled, and what had the focus */

/** Told by the browser only where it was not we who changed the address. */
const CHANGED = 'popstate'
const AGAIN_MS = 100 // what was scrolled to may have to be asked for first
const AGAIN_MAX = 10

/** By the number of an entry in the browser's history. @type {Map<number, Place>} */
const places = new Map()
let entry = 0
let entries = 0

/** The view that the address leads to, and goes on leading to. @returns {View} */
export function useView() {
  const [view, show] = useState(() => viewIn(location.hash))
  useEffect(() => {
    history.scrollRestoration = 'manual'
    mark()
    const changed = () => {
      leave()
      show(viewIn(location.hash))
    }
    addEventListener(CHANGED, changed)
    return () => removeEventListener(CHANGED, changed)
  }, [])
  return view
}

/** Goes to a view; Back leads back. @param {ViewName} name @param {Record<string, string | null | undefined>} [params] */
export function goTo(name, params) {
  location.hash = linkTo(name, params)
}

/** Narrows the view one is in, for the address to say so; Back leads to the view before. @param {ViewName} name @param {Record<string, string | null | undefined>} params */
export function narrowTo(name, params) {
  history.replaceState(history.state, '', linkTo(name, params))
  dispatchEvent(new PopStateEvent(CHANGED, { state: history.state }))
}

/**
 * Around a view: one that is gone to begins at its top, and its heading (`h2`) has the focus; one that is come back to is
 * scrolled to where it was left, and what had the focus has it again.
 * @param {{ view: View, children?: unknown }} props
 */
export function ViewBox({ view, children }) {
  const ref = useRef(/** @type {HTMLElement | null} */ (null))
  const isFirst = useRef(true)
  const where = linkTo(view.name, view.name === 'queue' ? { service: view.params.service } : {})
  useLayoutEffect(() => {
    if (isFirst.current) isFirst.current = false
    else arrive(ref.current)
  }, [where])
  return html`<div class="view" data-view=${view.name} ref=${ref} key=${where}>${children}</div>`
}

/** The entry of the history that was looked at is left: how it was is kept. */
function leave() {
  const { activeElement } = document
  if (entry !== history.state?.entry) places.set(entry, { y: scrollY, focused: selectorOf(activeElement) })
  mark()
}

/** Every entry has a number, by which it is known again. */
function mark() {
  if (typeof history.state?.entry === 'number') entry = history.state.entry
  else {
    entry = ++entries
    history.replaceState({ entry }, '')
  }
  entries = Math.max(entries, entry)
}

/** @param {HTMLElement | null} box */
function arrive(box) {
  const place = places.get(entry)
  if (place) return restore(place, AGAIN_MAX)
  scrollTo({ top: 0, behavior: 'instant' })
  const heading = box?.querySelector('h2')
  heading?.setAttribute('tabindex', '-1')
  heading?.focus({ preventScroll: true })
}

/** @param {Place} place @param {number} times */
function restore({ y, focused }, times) {
  scrollTo({ top: y, behavior: 'instant' })
  const found = focused === null ? null : document.querySelector(focused)
  if (found instanceof HTMLElement) found.focus({ preventScroll: true })
  const isThere = Math.abs(scrollY - y) < 2 && (focused === null || found !== null)
  if (!isThere && times > 0) setTimeout(() => restore({ y, focused }, times - 1), AGAIN_MS)
}

/** @param {Element | null} element @returns {string | null} */
function selectorOf(element) {
  if (element === null || element === document.body) return null
  if (element.id) return `#${CSS.escape(element.id)}`
  const href = element.getAttribute('href')
  return href === null ? null : `main a[href="${CSS.escape(href)}"]`
}
