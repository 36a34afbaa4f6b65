import { h } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { html, render, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { countInCart } from './cart.js'
import { CartLines, totalOf } from './cart-lines.js'
import { OrderForm } from './order-form.js'
import { useCart } from './use-cart.js'

/** @import { Product } from './shop.js' */
/** @import { Products } from './cart-lines.js' */

/** The cart and the form below it. */
export function createCheckout() {
  const element = h('aside', { class: 'checkout', id: 'cart', 'aria-label': t('cart.title'), tabindex: '-1' })
  const show = (/** @type {Products} */ products) => render(html`<${Checkout} products=${products} />`, element)
  show(new Map())
  return {
    element,
    /** Shows what these are now. */
    priceWith: (/** @type {Product[]} */ known) => show(new Map(known.map((product) => [product.sku, product]))),
  }
}

/** @param {{ products: Products }} props */
function Checkout({ products }) {
  useCart()
  const [errors, setErrors] = useState(/** @type {Record<string, string>} */ ({}))
  useEffect(() => {
    const [first] = Object.keys(errors)
    if (first !== undefined) document.getElementById(`quantity-${first}`)?.focus()
  }, [errors])
  const isEmpty = countInCart() === 0
  return html`
    <h2>${t('cart.title')}</h2>
    <p class="empty" hidden=${!isEmpty}>${t('cart.empty')}</p>
    <${CartLines} products=${products} errors=${errors} />
    <div hidden=${isEmpty}>
      <${OrderForm} products=${products} total=${totalOf(products)} onItemErrors=${setErrors} />
    </div>`
}
