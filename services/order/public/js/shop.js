import { get } from '/assets/js/api.js'
import { byId, h, setText } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { watch } from '/assets/js/live.js'
import { t } from '/assets/js/text.js'
import { createAlertDialog } from './alert-dialog.js'
import { inCart, setQuantity } from './cart.js'
import { createCartBar } from './cart-bar.js'
import { createCartLink } from './cart-link.js'
import { createCheckout } from './checkout.js'
import { createGoods } from './goods.js'
import { newsLine } from './news-line.js'
import { saleOffer } from './sale-offer.js'
import { createSampleButton } from './sample-order.js'
import { createShelf } from './shelf.js'

/** @typedef {{ sku: string, name: string, description: string, priceCents: number, wasCents?: number | undefined, currency: string, available: number | null }} Product */

const AGAIN_MS = 2_000
const ASKED_MAX = 50 // products in one question, and lines of an order

const notice = h('p', { class: 'notice', role: 'status', hidden: true })
const dialog = createAlertDialog()
const checkout = createCheckout()
const bar = createCartBar(checkout.element)
const shelf = createShelf(dialog.open, bar.added)
const goods = createGoods()
const news = newsLine()
let isLive = false

frame('shop', createCartLink('#cart'))
byId('main').replaceChildren(
  news.element,
  hero(),
  h(
    'div',
    { class: 'counter' },
    h('section', { 'aria-label': t('shop.products') }, notice, ...shelf.elements),
    checkout.element,
  ),
  bar.element,
  dialog.element,
)
if (location.hash === '#cart') checkout.element.scrollIntoView() // when the browser looked for it there was none yet
shelf.whenAsked(refresh)
void keepCurrent()
watch([{ topic: 'news' }, { topic: 'stock' }, { topic: 'price' }], {
  live: (is) => {
    isLive = is
  },
  hear: ({ topic, kind, at, data }) => {
    if (topic === 'news' && kind !== 'reset') news.hear(at ?? '', data)
    if (Array.isArray(data)) change(data)
  },
})

function hero() {
  const ways = [createSampleButton('primary', 'shop.sample'), h('a', { class: 'quiet', href: '/tour' }, t('shop.tour'))]
  const isDemo = document.body.dataset.demo === 'yes'
  return h(
    'div',
    { class: 'hero' },
    h('h1', {}, t('shop.title')),
    h('p', {}, t('shop.lead')),
    isDemo && h('div', { class: 'hero-ways' }, ...ways),
    saleOffer(),
  )
}

/** What is told live. */
function change(/** @type {import('./goods.js').Change[]} */ changes) {
  const changed = goods.change(changes)
  shelf.update(changed)
  if (changed.length > 0) checkout.priceWith(goods.all())
}

/** While nothing is told live the window is read again and again, as long as somebody looks at it. */
async function keepCurrent() {
  for (;;) {
    if (!document.hidden && !(isLive && shelf.isFilled() && notice.hidden)) await refresh()
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

async function refresh() {
  try {
    shelf.update(goods.learn(await shelf.read()))
    await meetCart()
    checkout.priceWith(goods.all())
    notice.hidden = true
  } catch {
    notice.hidden = false
    setText(notice, t(shelf.isFilled() ? 'shop.away' : 'shop.notYet'))
  }
}

/** What is in the cart may stand on another page; what is not sold any more leaves it. */
async function meetCart() {
  const unmet = inCart().flatMap(([sku]) => (goods.has(sku) ? [] : [sku]))
  for (let i = 0; i < unmet.length; i += ASKED_MAX) {
    const asked = unmet.slice(i, i + ASKED_MAX)
    const { products } = await get(`/api/products?${new URLSearchParams({ skus: asked.join() })}`)
    goods.learn(products)
    for (const sku of asked) if (!goods.has(sku)) setQuantity(sku, 0)
  }
}
