import { h } from '/assets/js/dom.js'
import { money, t, tOr } from '/assets/js/text.js'

/** What was ordered, and the sum of it. @param {import('./order.js').Order} order */
export function orderItems({ items, totalCents, currency }) {
  const total = h(
    'p',
    { class: 'sum-line' },
    h('span', {}, t('cart.total')),
    h('span', { class: 'total' }, money(totalCents, currency)),
  )
  const rows = items.map((item) => itemRow(item, currency))
  return h('section', {}, h('h2', {}, t('order.items')), h('ul', { class: 'lines' }, ...rows), total)
}

/** @param {import('./order.js').Item} item @param {import('./order.js').Order['currency']} currency */
function itemRow({ sku, name, quantity, unitPriceCents }, currency) {
  return h(
    'li',
    {},
    h('span', { class: 'quantity' }, `${quantity} ×`),
    h('a', { class: 'name', href: `/products/${encodeURIComponent(sku)}` }, tOr(`product.${sku}`, name)),
    h('span', { class: 'sum' }, money(unitPriceCents * quantity, currency)),
  )
}
