import { h, setText } from '/assets/js/dom.js'
import { money, t, tOr } from '/assets/js/text.js'
import { countInCart, inCart, onCart, setQuantity } from './cart.js'
import { createOrderForm } from './order-form.js'

/** The cart and the form below it. */
export function createCheckout() {
  /** @type {Map<string, import('./shop.js').Product>} */
  let products = new Map()
  const lines = h('ul', { class: 'lines' })
  const total = h('output', { class: 'total' })
  const form = createOrderForm(total)
  const empty = h('p', { class: 'empty' }, t('cart.empty'))
  const render = () => {
    lines.replaceChildren(...inCart().flatMap(([sku, quantity]) => lineOf(products.get(sku), quantity)))
    setText(total, totalOf(products))
    empty.hidden = countInCart() > 0
    form.hidden = countInCart() === 0
  }
  onCart(() => keepFocus(lines, render))
  render()
  return {
    element: h(
      'aside',
      { class: 'checkout', id: 'cart', 'aria-label': t('cart.title'), tabindex: '-1' },
      h('h2', {}, t('cart.title')),
      empty,
      lines,
      form,
    ),
    priceWith: (/** @type {import('./shop.js').Product[]} */ known) => {
      const isNew = known.some(({ sku, priceCents }) => products.get(sku)?.priceCents !== priceCents)
      products = new Map(known.map((product) => [product.sku, product]))
      if (isNew) keepFocus(lines, render)
    },
  }
}

/** The lines are made anew at each change; whoever steps through them with the keyboard stays where they were. */
function keepFocus(/** @type {HTMLElement} */ lines, /** @type {() => void} */ render) {
  const id = lines.contains(document.activeElement) ? document.activeElement?.id : undefined
  render()
  if (id) document.getElementById(id)?.focus()
}

/** @param {import('./shop.js').Product | undefined} product @param {number} quantity */
function lineOf(product, quantity) {
  if (product === undefined) return []
  const { sku, priceCents, currency } = product
  const name = tOr(`product.${sku}`, product.name)
  const step = (/** @type {number} */ by, /** @type {string} */ key, /** @type {string} */ sign) =>
    h(
      'button',
      {
        type: 'button',
        id: `${key}-${sku}`,
        'aria-label': t(`cart.${key}`, { name }),
        onclick: () => setQuantity(sku, quantity + by),
      },
      sign,
    )
  return h(
    'li',
    {},
    h('span', { class: 'name' }, name),
    h(
      'span',
      { class: 'stepper' },
      step(-1, 'less', '−'),
      h('span', { 'aria-live': 'polite' }, quantity),
      step(1, 'more', '+'),
    ),
    h('span', { class: 'sum' }, money(priceCents * quantity, currency)),
  )
}

function totalOf(/** @type {Map<string, import('./shop.js').Product>} */ products) {
  const priced = inCart().flatMap(([sku, quantity]) => {
    const product = products.get(sku)
    return product ? [{ cents: product.priceCents * quantity, currency: product.currency }] : []
  })
  const cents = priced.reduce((sum, line) => sum + line.cents, 0)
  return money(cents, priced[0]?.currency ?? 'EUR')
}
