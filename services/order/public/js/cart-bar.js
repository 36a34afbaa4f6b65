import { t } from '/assets/js/text.js'
import { html, render, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { countInCart } from './cart.js'
import { useCart } from './use-cart.js'

/**
 * What is in the cart, at the foot of a small screen for as long as the cart itself is not to be seen; and what has just been put
 * into it, for whoever listens.
 * @param {HTMLElement | null} checkout where the cart is; null: on the page of the shop
 */
export function createCartBar(checkout) {
  const element = document.createElement('div')
  let said = ''
  const draw = () => render(html`<${CartBar} checkout=${checkout} said=${said} />`, element)
  draw()
  return {
    element,
    added: (/** @type {string} */ name, /** @type {number} */ count) => {
      said = t('cart.added', { name, count })
      draw()
    },
  }
}

/** @param {{ checkout: HTMLElement | null, said: string }} props */
function CartBar({ checkout, said }) {
  useCart()
  const isSeen = useSeen(checkout)
  const count = countInCart()
  return html`
    <p class="unseen" role="status">${said}</p>
    <a class="cart-bar" href=${checkout === null ? '/#cart' : '#cart'} hidden=${count === 0 || isSeen}>
      <span>${t('cart.link', { count })}</span><b>${t('cart.go')}</b>
    </a>`
}

/** Whether something is on the screen. @param {HTMLElement | null} element */
function useSeen(element) {
  const [isSeen, see] = useState(false)
  useEffect(() => {
    if (element === null) return
    const observer = new IntersectionObserver(([entry]) => see(entry?.isIntersecting ?? false))
    observer.observe(element)
    return () => observer.disconnect()
  }, [element])
  return isSeen
}
