import { h, setText } from '/assets/js/dom.js'
import { pictureOf } from '/assets/js/pictures.js'
import { money, number, t, tOr } from '/assets/js/text.js'
import { onCart, quantityOf, setQuantity } from './cart.js'

const FEW = 50

/** @param {import('./shop.js').Product} product */
export function createCard(product) {
  const { sku, priceCents, currency } = product
  const name = tOr(`product.${sku}`, product.name)
  const stock = h('span', { class: 'stock' })
  const add = h('button', { class: 'add', onclick: () => setQuantity(sku, quantityOf(sku) + 1) })
  const label = () => {
    const what = quantityOf(sku) > 0 ? t('shop.added', { count: quantityOf(sku) }) : t('shop.add')
    setText(add, what)
    add.setAttribute('aria-label', t('shop.addNamed', { what, name }))
  }
  onCart(label)
  label()
  const element = h(
    'li',
    { class: 'card' },
    h('div', { class: 'picture' }, pictureOf(sku)),
    h('h2', {}, name),
    h('p', { class: 'description' }, tOr(`product.${sku}.about`, product.description)),
    h('div', { class: 'buy' }, h('div', {}, h('span', { class: 'price' }, money(priceCents, currency)), stock), add),
  )
  return {
    element,
    update: (/** @type {import('./shop.js').Product} */ { available }) => {
      setText(stock, stockText(available))
      stock.classList.toggle('few', available !== null && available < FEW)
    },
  }
}

function stockText(/** @type {number | null} */ available) {
  if (available === null) return t('stock.unknown')
  if (available === 0) return t('stock.none')
  return t(available < FEW ? 'stock.few' : 'stock.some', { count: number(available) })
}
