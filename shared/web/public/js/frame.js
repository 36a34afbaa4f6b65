import { choose } from './choose.js'
import { byId, h } from './dom.js'
import { keepSignedIn, nameHere } from './signed-in.js'
import { language, speak, t } from './text.js'

const NEXT_THEME = { auto: 'light', light: 'dark', dark: 'auto' }

/**
 * Puts the header and the footer around a page.
 * @param {'shop' | 'order' | 'account' | 'sale' | 'alerts' | 'control' | 'tour' | 'events' | 'logs'} page
 * @param {...HTMLElement} extra stands at the end of the header
 */
export function frame(page, ...extra) {
  byId('top').append(
    h('a', { class: 'skip', href: '#main', onclick: skip }, t('skip')),
    h(
      'div',
      { class: 'bar' },
      h('a', { class: 'brand', href: '/' }, mark(), h('span', {}, 'Orderline')),
      navigation(page),
      h('div', { class: 'tools' }, languageSwitch(), themeSwitch(), ...extra),
    ),
  )
  byId('bottom').append(h('p', {}, t('footer')), h('p', {}, h('a', { href: '/docs' }, t('nav.api'))))
}

/** The address stays as it is: behind its `#` may stand the key of an order. */
function skip(/** @type {Event} */ event) {
  event.preventDefault()
  byId('main').focus()
}

function mark() {
  return h('img', { src: '/assets/mark.svg', alt: '', width: 28, height: 28 })
}

function navigation(/** @type {string} */ page) {
  const link = (/** @type {string} */ name, /** @type {string} */ href) =>
    h('a', { href, 'aria-current': page === name ? 'page' : null }, t(`nav.${name}`))
  const sales = page === 'sale' && link('sale', '/sale')
  const links = [link('shop', '/'), sales, link('control', '/control'), CUSTOMERS.includes(page) && accountLink(page)]
  return h('nav', { 'aria-label': t('nav.label') }, ...links)
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

function languageSwitch() {
  const other = language === 'zh' ? 'en' : 'zh'
  return h(
    'button',
    { class: 'tool', lang: other, id: 'language', onclick: () => speak(other) },
    other === 'zh' ? '中文' : 'English',
  )
}

function themeSwitch() {
  const current = () => /** @type {keyof typeof NEXT_THEME} */ (document.documentElement.dataset.theme ?? 'auto')
  const button = h('button', { class: 'tool theme', id: 'theme' }, h('span', { class: 'sun', 'aria-hidden': 'true' }))
  const label = () => {
    button.setAttribute('aria-label', t(`theme.${current()}`))
    button.title = t(`theme.${current()}`)
  }
  button.addEventListener('click', () => {
    chooseTheme(NEXT_THEME[current()])
    label()
  })
  label()
  return button
}

function chooseTheme(/** @type {string} */ theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  choose('theme', theme === 'auto' ? null : theme)
}
