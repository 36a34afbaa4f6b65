import { h, setText } from '/assets/js/dom.js'
import { t, tOr } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { mostOf, quantityOf, setQuantity } from './cart.js'
import { isFew, sayPrice, stockText } from './product-facts.js'
import { QuantityField } from './quantity-field.js'

/** @import { Product } from './shop.js' */

/**
 * What of a product's page is live: its price, how many there are, and how many of it one wants.
 * @param {Product} product @param {import('./alert-dialog.js').AskForAlert} askForAlert @param {(name: string, count: number) => void} added
 */
export function createProductView({ sku, name: called }, askForAlert, added) {
  const name = tOr(`product.${sku}`, called)
  const price = h('p', { class: 'price' })
  const stock = h('p', { class: 'stock' })
  const away = h('p', { class: 'notice', role: 'status', hidden: true }, t('shop.away'))
  const buying = h('div')
  let wanted = 1
  const draw = (/** @type {Product} */ now) => {
    const most = mostOf(now.available) - quantityOf(sku)
    wanted = Math.max(1, Math.min(wanted, most))
    const add = () => {
      setQuantity(sku, quantityOf(sku) + wanted)
      added(name, quantityOf(sku))
      draw(now)
    }
    const want = (/** @type {number} */ value) => {
      wanted = value
      draw(now)
    }
    const kind = now.available === 0 ? 'back' : 'cheaper'
    const count = quantityOf(sku)
    render(
      html`
      <div class="wanted-row" hidden=${now.available === 0}>
        <${QuantityField} id="wanted" name=${name} value=${wanted} least=${1} most=${most} onValue=${want} />
        <button class="primary add-many" type="button" aria-disabled=${most < 1 ? 'true' : null} onClick=${() => most >= 1 && add()}>
          ${t('shop.add')}
        </button>
      </div>
      <p class="small" role="status">${count > 0 && html`${t('cart.has', { count })} <a href="/#cart">${t('cart.go')}</a>`}</p>
      <button class=${kind === 'back' ? 'tell wanted' : 'tell'} type="button" onClick=${() => askForAlert({ sku, name, kind })}>
        ${t(`alert.${kind}`)}
      </button>`,
      buying,
    )
  }
  return {
    element: h('div', { class: 'product-live' }, away, price, stock, buying),
    isAway: (/** @type {boolean} */ is) => {
      away.hidden = !is
    },
    update: (/** @type {Product} */ now) => {
      sayPrice(price, now)
      setText(stock, stockText(now.available))
      stock.classList.toggle('few', isFew(now.available))
      draw(now)
    },
  }
}
