import { get } from '/assets/js/api.js'
import { byId } from '/assets/js/dom.js'
import { frame } from '/assets/js/frame.js'
import { watch } from '/assets/js/live.js'
import { pictureOf } from '/assets/js/pictures.js'
import { createAlertDialog } from './alert-dialog.js'
import { createCartBar } from './cart-bar.js'
import { createCartLink } from './cart-link.js'
import { createGoods } from './goods.js'
import { createProductView } from './product-view.js'

const sku = decodeURIComponent(location.pathname.split('/').at(-1) ?? '')
const AGAIN_MS = 2_000
const dialog = createAlertDialog()
const bar = createCartBar(null)
const goods = createGoods()
/** @type {ReturnType<typeof createProductView> | null} */ let view = null
let isLive = false

frame('shop', createCartLink('/#cart'))
byId('picture').append(pictureOf(sku)) // all else that stands still came with the page
byId('main').append(bar.element, dialog.element)
void keepCurrent()
watch([{ topic: 'stock' }, { topic: 'price' }], {
  live: (is) => {
    isLive = is
  },
  hear: ({ data }) => {
    if (Array.isArray(data)) for (const now of goods.change(data)) view?.update(now)
  },
})

/** While nothing is told live it is asked for again and again, as long as somebody looks. */
async function keepCurrent() {
  for (;;) {
    if (!document.hidden && !(isLive && view !== null)) await look().catch(() => view?.isAway(true))
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

async function look() {
  const { products } = await get(`/api/products?${new URLSearchParams({ skus: sku })}`)
  const [product] = goods.learn(products)
  if (product === undefined) return
  view ??= show(product)
  view.update(product)
  view.isAway(false)
}

function show(/** @type {import('./shop.js').Product} */ product) {
  const made = createProductView(product, dialog.open, bar.added)
  byId('picture').parentElement?.append(made.element)
  return made
}
