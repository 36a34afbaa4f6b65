import { money, number, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { inCart, mostOf, setQuantity } from './cart.js'
import { QuantityField } from './quantity-field.js'

/** @import { Product } from './shop.js' */
/** @typedef {Map<string, Product>} Products */

/**
 * What is in the cart, with what is known of it; `errors` are refusals by sku.
 * @param {{ products: Products, errors: Record<string, string> }} props
 */
export function CartLines({ products, errors }) {
  const lines = inCart().flatMap(([sku, quantity]) => {
    const product = products.get(sku)
    return product === undefined ? [] : [{ product, quantity }]
  })
  return html`
    <ul class="lines cart-lines">
      ${lines.map(
        ({ product, quantity }) => html`
        <${CartLine} key=${product.sku} product=${product} quantity=${quantity} refusal=${errors[product.sku] ?? null} />`,
      )}
    </ul>`
}

/** @param {{ product: Product, quantity: number, refusal: string | null }} props */
function CartLine({ product, quantity, refusal }) {
  const { sku, priceCents, currency, available } = product
  const name = tOr(`product.${sku}`, product.name)
  const note = refusal ?? shortage(quantity, available)
  const remove = () => {
    setQuantity(sku, 0)
    document.getElementById('cart')?.focus() // the button is not there any more
  }
  return html`
    <li data-sku=${sku}>
      <a class="name" href=${`/products/${encodeURIComponent(sku)}`}>${name}</a>
      <${QuantityField}
        id=${`quantity-${sku}`} name=${name} value=${quantity} least=${1} most=${mostOf(available)}
        error=${note !== null} note=${note === null ? null : `note-${sku}`}
        onValue=${(/** @type {number} */ value) => setQuantity(sku, value)}
      />
      <span class="sum">${money(priceCents * quantity, currency)}</span>
      <button class="remove" type="button" aria-label=${t('cart.remove', { name })} onClick=${remove}>×</button>
      ${note !== null && html`<p class="failure" id=${`note-${sku}`}>${note}</p>`}
    </li>`
}

/** What is said where more is wanted than there is; null where there is enough, as far as is known. @param {number} quantity @param {number | null} available */
function shortage(quantity, available) {
  if (available === null || quantity <= available) return null
  return available === 0 ? t('cart.soldOut') : t('stock.few', { count: number(available) })
}

/** The products of which more is in the cart than there is. @param {Products} products */
export function shortIn(products) {
  return inCart().flatMap(([sku, quantity]) => {
    const said = shortage(quantity, products.get(sku)?.available ?? null)
    return said === null ? [] : [{ sku, said }]
  })
}

/** What all of it costs. @param {Products} products */
export function totalOf(products) {
  const priced = inCart().flatMap(([sku, quantity]) => {
    const product = products.get(sku)
    return product ? [{ cents: product.priceCents * quantity, currency: product.currency }] : []
  })
  const cents = priced.reduce((sum, line) => sum + line.cents, 0)
  return money(cents, priced[0]?.currency ?? 'EUR')
}
