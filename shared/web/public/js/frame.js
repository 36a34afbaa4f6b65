import { choose } from './choose.js'
import { countCart } from './count-cart.js'
import { byId, h } from './dom.js'
import { keepSignedIn, nameHere } from './signed-in.js'
import { language, speak, t } from './text.js'

const NEXT_THEME = { auto: 'light', light: 'dark', dark: 'auto' }

/**
 * Brings the header of a page to life: shared/web/pages/frame.ts has written it.
 * @param {'shop' | 'order' | 'account' | 'sale' | 'alerts' | 'control' | 'tour' | 'events' | 'logs' | 'docs' | 'refusal'} page
 * @param {...HTMLElement} extra stands at the end of the header
 */
export function frame(page, ...extra) {
  inHeader('.skip').addEventListener('click', skip)
  inHeader('#language').addEventListener('click', () => speak(language === 'zh' ? 'en' : 'zh'))
  inHeader('#theme').addEventListener('click', changeTheme)
  if (CUSTOMERS.includes(page)) inHeader('nav').append(accountLink(page))
  const cart = document.querySelector('#top .cart-link')
  if (extra.length > 0)
    cart?.remove() // the page has one that knows of each change
  else if (cart) countCart(cart)
  inHeader('.tools').append(...extra)
}

const inHeader = (/** @type {string} */ what) => /** @type {HTMLElement} */ (byId('top').querySelector(what))

/** The address stays as it is: behind its `#` may stand the key of an order. */
function skip(/** @type {Event} */ event) {
  event.preventDefault()
  byId('main').focus()
}

const CUSTOMERS = ['shop', 'order', 'account', 'sale', 'alerts'] // whose pages these are

/** The way to whoever is signed in, or to signing in; from there it leads back, though not by an address that tells a key. */
function accountLink(/** @type {string} */ page) {
  keepSignedIn()
  const name = nameHere()
  const current = page === 'account' ? 'page' : null
  if (name !== null)
    return h('a', { class: 'whose', href: '/account', 'aria-current': current }, t('nav.account', { name }))
  const keepWay = () => page !== 'account' && sessionStorage.setItem('back', location.pathname + location.hash)
  return h('a', { href: '/account/sign-in', 'aria-current': current, onclick: keepWay }, t('nav.signIn'))
}

function changeTheme(/** @type {Event} */ event) {
  const { dataset } = document.documentElement
  const next = NEXT_THEME[/** @type {keyof typeof NEXT_THEME} */ (dataset.theme ?? 'auto')]
  if (next === 'auto') delete dataset.theme
  else dataset.theme = next
  choose('theme', next === 'auto' ? null : next)
  const button = /** @type {HTMLElement} */ (event.currentTarget)
  button.title = t(`theme.${next}`)
  button.setAttribute('aria-label', button.title)
}
