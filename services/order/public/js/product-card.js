import { h, setText } from '/assets/js/dom.js'
import { pictureOf } from '/assets/js/pictures.js'
import { t, tOr } from '/assets/js/text.js'
import { mostOf, onCart, quantityOf, setQuantity } from './cart.js'
import { isFew, sayPrice, stockText } from './product-facts.js'

/** @typedef {import('./shop.js').Product} Product */

/**
 * A product in the window. `added` hears of what was put into the cart.
 * @param {Product} product @param {import('./alert-dialog.js').AskForAlert} askForAlert @param {(name: string, count: number) => void} added
 */
export function createCard(product, askForAlert, added) {
  const { sku } = product
  const name = tOr(`product.${sku}`, product.name)
  const price = h('span', { class: 'price' })
  const stock = h('span', { class: 'stock' })
  const add = h('button', { class: 'add', type: 'button' })
  const tell = h('button', { class: 'tell', type: 'button' })
  let now = product
  const label = () => {
    const count = quantityOf(sku)
    const what = now.available === 0 ? t('stock.none') : count > 0 ? t('shop.added', { count }) : t('shop.add')
    setText(add, what)
    add.setAttribute('aria-label', t('shop.addNamed', { what, name }))
    add.ariaDisabled = count < mostOf(now.available) ? null : 'true' // one more than there is would be refused
  }
  add.addEventListener('click', () => {
    if (add.ariaDisabled) return
    setQuantity(sku, quantityOf(sku) + 1)
    added(name, quantityOf(sku))
  })
  const kind = () => (now.available === 0 ? 'back' : 'cheaper')
  tell.addEventListener('click', () => askForAlert({ sku, name, kind: kind() }))
  onCart(label)
  label()
  const href = `/products/${encodeURIComponent(sku)}`
  const element = h(
    'li',
    { class: 'card', 'data-sku': sku },
    h('a', { class: 'picture', href, tabindex: '-1', 'aria-hidden': 'true' }, pictureOf(sku)),
    h('h2', {}, h('a', { href }, name)),
    h('p', { class: 'description' }, tOr(`product.${sku}.about`, product.description)),
    h('div', { class: 'buy' }, h('div', {}, price, stock), add),
    tell,
  )
  return {
    element,
    update: (/** @type {Product} */ told) => {
      now = told
      sayPrice(price, now)
      setText(stock, stockText(now.available))
      stock.classList.toggle('few', isFew(now.available))
      setText(tell, t(`alert.${kind()}`))
      tell.setAttribute('aria-label', t('shop.addNamed', { what: t(`alert.${kind()}`), name }))
      tell.classList.toggle('wanted', kind() === 'back')
      label()
    },
  }
}
