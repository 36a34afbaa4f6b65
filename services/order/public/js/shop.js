import { get } from '/assets/js/api.js'
import { byId, h, setText } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { t } from '/assets/js/text.js'
import { countInCart, inCart, onCart, setQuantity } from './cart.js'
import { createCheckout } from './checkout.js'
import { createCard } from './product-card.js'

/** @typedef {{ sku: string, name: string, description: string, priceCents: number, currency: string, available: number | null }} Product */

const STOCK_MS = 2_000

const cartLink = h('a', { class: 'tool cart-link', href: '#cart' })
const notice = h('p', { class: 'notice', role: 'status', hidden: true })
const shelf = h('ul', { class: 'shelf', 'aria-busy': 'true' }, ...Array.from({ length: 8 }, placeholder))
const checkout = createCheckout()

frame('shop', cartLink)
byId('main').append(
  hero(),
  h('div', { class: 'counter' }, h('section', { 'aria-label': t('shop.products') }, notice, shelf), checkout.element),
)
onCart(countCart)
countCart()

/** @type {Map<string, { update(product: Product): void }>} */
const cards = new Map()
void keepCurrent()

function hero() {
  return h('div', { class: 'hero' }, h('h1', {}, t('shop.title')), h('p', {}, t('shop.lead')))
}

function placeholder() {
  return h(
    'li',
    { class: 'card loading', 'aria-hidden': 'true' },
    h('div', { class: 'picture' }),
    h('div', { class: 'bone' }),
    h('div', { class: 'bone short' }),
  )
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
    show((await get('/api/products')).products)
    notice.hidden = true
  } catch {
    notice.hidden = false
    setText(notice, t(cards.size > 0 ? 'shop.away' : 'shop.notYet'))
  }
}

function show(/** @type {Product[]} */ products) {
  if (cards.size === 0) fill(products)
  for (const product of products) cards.get(product.sku)?.update(product)
  checkout.priceWith(products)
}

function fill(/** @type {Product[]} */ products) {
  const sold = new Set(products.map(({ sku }) => sku))
  for (const [sku] of inCart()) if (!sold.has(sku)) setQuantity(sku, 0)
  const made = products.map((product) => ({ product, card: createCard(product) }))
  for (const { product, card } of made) cards.set(product.sku, card)
  shelf.replaceChildren(...made.map(({ card }) => card.element))
  shelf.removeAttribute('aria-busy')
}
