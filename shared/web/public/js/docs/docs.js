import { byId } from '../dom.js'
import { frame } from '../frame.js'
import { offerTrials } from './offer-trials.js'

frame('docs')
offerTrials()
followText()
byId('contents').addEventListener('click', closeContents)

/** Marks in the list what stands at the top of the window. */
function followText() {
  const links = new Map([...document.querySelectorAll('#contents a')].map((link) => [link.getAttribute('href'), link]))
  const places = document.querySelectorAll('.docs-text :is(article, section)[id]')
  /** @type {Element | undefined} */
  let marked
  const mark = (/** @type {string} */ id) => {
    marked?.removeAttribute('aria-current')
    marked = links.get(`#${id}`)
    marked?.setAttribute('aria-current', 'true')
    keepInView(marked)
  }
  const look = (/** @type {IntersectionObserverEntry[]} */ seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) mark(target.id)
  }
  const watcher = new IntersectionObserver(look, { rootMargin: '-15% 0px -80%' })
  for (const place of places) watcher.observe(place)
}

/** Scrolls the list alone: the text stays where it is. */
function keepInView(/** @type {Element | undefined} */ link) {
  const list = byId('contents')
  if (link === undefined) return
  const [outer, inner] = [list.getBoundingClientRect(), link.getBoundingClientRect()]
  if (inner.top < outer.top || inner.bottom > outer.bottom) list.scrollTop += inner.top - outer.top - outer.height / 3
}

/** What was chosen shall not stay covered. */
function closeContents(/** @type {MouseEvent} */ { target }) {
  const list = byId('contents')
  if (target instanceof Element && target.closest('a') && list.matches(':popover-open')) list.hidePopover()
}
