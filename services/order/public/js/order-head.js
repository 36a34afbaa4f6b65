import { h, setText } from '/assets/js/dom.js'
import { dateAndClock, money, t } from '/assets/js/text.js'

/** What stands over an order: its number, when it was placed, and how it stands now, in a word and a sentence. */
export function createOrderHead(/** @type {import('./order.js').Order} */ order) {
  const { number, placedAt, totalCents, currency } = order
  const state = h('strong', { class: 'state', 'data-state': order.state })
  const about = h('p', { class: 'about' })
  const eyebrow = h('p', { class: 'eyebrow' }, t('order.placedAt', { at: dateAndClock(placedAt) }), ...fromSale(order))
  const element = h(
    'header',
    { class: 'order-head' },
    h('div', {}, eyebrow, h('h1', {}, number)),
    h('div', { class: 'standing', role: 'status', 'aria-live': 'polite' }, state, about),
  )
  return {
    element,
    show: (/** @type {import('./order-standing.js').Standing} */ standing) => {
      const sums = { refunded: money(standing.refundedCents, currency), total: money(totalCents, currency) }
      setText(state, t(`state.${standing.state}`))
      state.dataset.state = standing.state
      setText(about, t(standing.about, sums))
    },
  }
}

/** Who was let in by a sale finds back to it. @param {import('./order.js').Order} order */
function fromSale({ sale }) {
  return sale === null ? [] : [' · ', h('a', { class: 'from-sale', href: `/sale/${sale}` }, t('order.sale'))]
}
