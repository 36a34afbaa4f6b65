import { get } from '/assets/js/api.js'
import { byId, h, setText } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { countInCart, inCart, onCart, setQuantity } from './cart.js'
import { createCheckout } from './checkout.js'
import { saleOffer } from './sale-offer.js'
import { createShelf } from './shelf.js'

/** @typedef {{ sku: string, name: string, description: string, priceCents: number, currency: string, available: number | null }} Product */

const STOCK_MS = 2_000
const ASKED_MAX = 50 // products in one question, and lines of an order

const cartLink = h('a', { class: 'tool cart-link', href: '#cart' })
const notice = h('p', { class: 'notice', role: 'status', hidden: true })
const shelf = createShelf()
const checkout = createCheckout()
/** @type {Map<string, Product>} */
const known = new Map()

frame('shop', cartLink)
byId('main').append(
  hero(),
  h(
    'div',
    { class: 'counter' },
    h('section', { 'aria-label': t('shop.products') }, notice, ...shelf.elements),
    checkout.element,
  ),
)
onCart(countCart)
countCart()
shelf.whenAsked(refresh)
void keepCurrent()

function hero() {
  return h('div', { class: 'hero' }, h('h1', {}, t('shop.title')), h('p', {}, t('shop.lead')), saleOffer())
}

function countCart() {
  setText(cartLink, t('cart.link', { count: countInCart() }))
}

/** Stock is live: the window is read again and again, as long as somebody looks at it. */
async function keepCurrent() {
  for (;;) {
    if (!document.hidden) await refresh()
    await new Promise((resolve) => setTimeout(resolve, STOCK_MS))
  }
}

async function refresh() {
  try {
    for (const product of await shelf.read()) known.set(product.sku, product)
    await meetCart()
    checkout.priceWith([...known.values()])
    notice.hidden = true
  } catch {
    notice.hidden = false
    setText(notice, t(shelf.isFilled() ? 'shop.away' : 'shop.notYet'))
  }
}

/** What is in the cart may stand on another page; what is not sold any more leaves it. */
async function meetCart() {
  const unmet = inCart().flatMap(([sku]) => (known.has(sku) ? [] : [sku]))
  for (let i = 0; i < unmet.length; i += ASKED_MAX) {
    const asked = unmet.slice(i, i + ASKED_MAX)
    const { products } = await get(`/api/products?${new URLSearchParams({ skus: asked.join() })}`)
    for (const product of products) known.set(product.sku, product)
    for (const sku of asked) if (!known.has(sku)) setQuantity(sku, 0)
  }
}
