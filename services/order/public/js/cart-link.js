import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { countInCart, onCart } from './cart.js'

/** The way to the cart, with how much is in it. @param {string} href */
export function createCartLink(href) {
  const link = h('a', { class: 'tool cart-link', href })
  const count = () => setText(link, t('cart.link', { count: countInCart() }))
  onCart(count)
  count()
  return link
}
