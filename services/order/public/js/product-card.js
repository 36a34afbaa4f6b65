import { h, setText } from '/assets/js/dom.js'
import { pictureOf } from '/assets/js/pictures.js'
import { money, number, t, tOr } from '/assets/js/text.js'
import { onCart, quantityOf, setQuantity } from './cart.js'

/** @typedef {import('./shop.js').Product} Product */

const FEW = 50

/** @param {Product} product @param {import('./alert-dialog.js').AskForAlert} askForAlert */
export function createCard(product, askForAlert) {
  const { sku } = product
  const name = tOr(`product.${sku}`, product.name)
  const price = h('span', { class: 'price' })
  const stock = h('span', { class: 'stock' })
  const add = h('button', { class: 'add', onclick: () => setQuantity(sku, quantityOf(sku) + 1) })
  const tell = h('button', { class: 'tell', type: 'button' })
  const label = () => {
    const what = quantityOf(sku) > 0 ? t('shop.added', { count: quantityOf(sku) }) : t('shop.add')
    setText(add, what)
    add.setAttribute('aria-label', t('shop.addNamed', { what, name }))
  }
  let kind = /** @type {import('./alert-dialog.js').Kind} */ ('cheaper')
  tell.addEventListener('click', () => askForAlert({ sku, name, kind }))
  onCart(label)
  label()
  const element = h(
    'li',
    { class: 'card', 'data-sku': sku },
    h('div', { class: 'picture' }, pictureOf(sku)),
    h('h2', {}, name),
    h('p', { class: 'description' }, tOr(`product.${sku}.about`, product.description)),
    h('div', { class: 'buy' }, h('div', {}, price, stock), add),
    tell,
  )
  return {
    element,
    update: (/** @type {Product} */ now) => {
      sayPrice(price, now)
      setText(stock, stockText(now.available))
      stock.classList.toggle('few', now.available !== null && now.available < FEW)
      kind = now.available === 0 ? 'back' : 'cheaper'
      setText(tell, t(`alert.${kind}`))
      tell.setAttribute('aria-label', t('shop.addNamed', { what: t(`alert.${kind}`), name }))
      tell.classList.toggle('wanted', kind === 'back')
    },
  }
}

/** What it costs, and what it cost when the page was opened, if that was more. @param {HTMLElement} element @param {Product} now */
function sayPrice(element, { priceCents, wasCents, currency }) {
  const said = money(priceCents, currency)
  if (element.dataset.said === said) return
  element.dataset.said = said
  const was = wasCents === undefined ? [] : [' ', h('s', { 'aria-label': t('price.was') }, money(wasCents, currency))]
  element.replaceChildren(said, ...was)
}

function stockText(/** @type {number | null} */ available) {
  if (available === null) return t('stock.unknown')
  if (available === 0) return t('stock.none')
  return t(available < FEW ? 'stock.few' : 'stock.some', { count: number(available) })
}
