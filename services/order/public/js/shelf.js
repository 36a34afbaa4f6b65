import { get } from '/assets/js/api.js'
import { h } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { createCard } from './product-card.js'

/** @typedef {import('./shop.js').Product} Product */

const TYPED_MS = 300

/**
 * The products of the shop, page by page, and a search where there is more than one page of them.
 * @param {import('./alert-dialog.js').AskForAlert} askForAlert @param {(name: string, count: number) => void} added
 */
export function createShelf(askForAlert, added) {
  const { search, tools, list, more, none } = createShelfParts()
  let pages = 1
  let refresh = async () => {}
  /** @type {Map<string, ReturnType<typeof createCard>>} */ let cards = new Map()
  whenTyped(search, () => {
    pages = 1
    void refresh()
  })
  more.addEventListener('click', () => {
    pages++
    void refresh()
  })
  const cardOf = (/** @type {Product} */ product) => cards.get(product.sku) ?? createCard(product, askForAlert, added)
  const show = (/** @type {Product[]} */ products, /** @type {boolean} */ isMore) => {
    const known = new Map(products.map((product) => [product.sku, cardOf(product)]))
    const isSame = known.size === cards.size && [...known.keys()].every((sku) => cards.has(sku))
    cards = known
    if (!isSame) list.replaceChildren(...[...cards.values()].map(({ element }) => element))
    list.removeAttribute('aria-busy')
    more.hidden = !isMore
    none.hidden = products.length > 0
    if (isMore) tools.hidden = false
  }
  return {
    elements: [tools, list, none, more],
    isFilled: () => cards.size > 0,
    /** Shows how these are now. */
    update: (/** @type {Product[]} */ products) => {
      for (const product of products) cards.get(product.sku)?.update(product)
    },
    /** Reads anew what there is; `whenAsked` is called where someone types or asks for more. */
    read: async () => {
      const { products, isMore } = await readPages(search.value.trim(), pages)
      show(products, isMore)
      return products
    },
    whenAsked: (/** @type {() => Promise<void>} */ listener) => {
      refresh = listener
    },
  }
}

function createShelfParts() {
  const search = /** @type {HTMLInputElement} */ (
    h('input', { type: 'search', placeholder: t('shop.search'), 'aria-label': t('shop.search'), maxlength: 64 })
  )
  return {
    search,
    tools: h('label', { class: 'field search', hidden: true }, search),
    list: h('ul', { class: 'shelf', 'aria-busy': 'true' }, ...Array.from({ length: 8 }, placeholder)),
    more: h('button', { class: 'more', type: 'button', hidden: true }, t('shop.more')),
    none: h('p', { class: 'empty', hidden: true }, t('shop.noneFound')),
  }
}

/** Once nothing more was typed for a moment. */
function whenTyped(/** @type {HTMLInputElement} */ field, /** @type {() => void} */ act) {
  let timer = 0
  field.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(act, TYPED_MS)
  })
}

/** @param {string} q @param {number} pages @returns {Promise<{ products: Product[], isMore: boolean }>} */
async function readPages(q, pages) {
  const products = []
  let after = ''
  for (let page = 0; page < pages; page++) {
    const answer = await get(`/api/products?${new URLSearchParams({ q, after })}`)
    products.push(...answer.products)
    if (answer.next === null) return { products, isMore: false }
    after = answer.next
  }
  return { products, isMore: true }
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
