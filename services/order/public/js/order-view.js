import { h, setText } from '/assets/js/dom.js'
import { dateAndClock, money, t, tOr } from '/assets/js/text.js'
import { copyButton } from './copy-button.js'
import { createCurl } from './curl.js'
import { createJourney } from './journey.js'
import { createMailList } from './mail-list.js'
import { createMoneyBack } from './money-back.js'
import { standingOf } from './order-standing.js'
import { createPayPanel } from './pay-panel.js'
import { createTimeline } from './timeline.js'

/**
 * What can be done about an order; `refund` by the admin alone.
 * @typedef {import('./pay-panel.js').Paying & { cancel(): Promise<unknown> }} Deeds
 * @typedef {(body: object, headers: Record<string, string>) => Promise<unknown>} Refund
 */

/**
 * The page of one order.
 * @param {import('./order.js').Order} order
 * @param {Deeds} deeds
 * @param {Refund | null} refund
 */
export function createOrderView(order, deeds, refund) {
  const state = h('strong', { class: 'state', 'data-state': order.state })
  const about = h('p', { class: 'about' })
  const away = h('p', { class: 'notice', role: 'status', hidden: true }, t('order.away'))
  const payPanel = createPayPanel(order, deeds)
  const journey = createJourney(order)
  const timeline = createTimeline(order.currency)
  const mails = createMailList()
  const moneyBack = refund && createMoneyBack(order, refund)
  const cancelling = createCancel(deeds.cancel)
  const element = h(
    'article',
    { class: 'order-page' },
    away,
    h(
      'header',
      { class: 'order-head' },
      h(
        'div',
        {},
        h('p', { class: 'eyebrow' }, t('order.placedAt', { at: dateAndClock(order.placedAt) }), ...fromSale(order)),
        h('h1', {}, order.number),
      ),
      h('div', { class: 'standing', role: 'status', 'aria-live': 'polite' }, state, about),
    ),
    payPanel.element,
    h('section', { 'aria-label': t('order.journey') }, journey.element),
    h(
      'div',
      { class: 'columns' },
      h('section', {}, h('h2', {}, t('order.timeline')), timeline.element),
      h(
        'div',
        { class: 'side' },
        itemsOf(order),
        mails.element,
        moneyBack?.element,
        h('div', { class: 'actions' }, cancelling.element, copyLink()),
      ),
    ),
    createCurl(order),
  )
  /** @type {import('./order.js').Entry[]} */ let entries = order.timeline
  let mailCount = 0
  return {
    element,
    isAway: (/** @type {boolean} */ is) => {
      away.hidden = !is
    },
    showTimeline: (/** @type {import('./order.js').Entry[]} */ told) => {
      entries = told
      const standing = standingOf(order, entries)
      const sums = {
        refunded: money(standing.refundedCents, order.currency),
        total: money(order.totalCents, order.currency),
      }
      setText(state, t(`state.${standing.state}`))
      state.dataset.state = standing.state
      setText(about, t(standing.about, sums))
      cancelling.element.hidden = !entries.at(-1)?.canCancel
      payPanel.show(standing)
      moneyBack?.show(standing)
      timeline.show(entries)
      journey.show(entries, mailCount)
    },
    showMails: (/** @type {import('./order.js').Mail[] | 'away'} */ found) => {
      mails.show(found)
      if (found !== 'away') mailCount = found.length
      journey.show(entries, mailCount)
    },
  }
}

/** Who was let in by a sale finds back to it. @param {import('./order.js').Order} order */
function fromSale({ sale }) {
  return sale === null ? [] : [' · ', h('a', { class: 'from-sale', href: `/sale/${sale}` }, t('order.sale'))]
}

function createCancel(/** @type {() => Promise<unknown>} */ cancel) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'quiet danger', id: 'cancel' }, t('order.cancel'))
  button.addEventListener('click', async () => {
    button.setAttribute('disabled', '')
    setText(button, t('order.cancelling'))
    failure.hidden = true
    await cancel().catch((error) => {
      failure.hidden = false
      setText(failure, error.message)
    })
    button.removeAttribute('disabled')
    setText(button, t('order.cancel'))
  })
  return { element: h('div', {}, button, failure) }
}

function itemsOf(/** @type {import('./order.js').Order} */ { items, totalCents, currency }) {
  const rows = items.map(({ sku, name, quantity, unitPriceCents }) =>
    h(
      'li',
      {},
      h('span', { class: 'quantity' }, `${quantity} ×`),
      h('span', { class: 'name' }, tOr(`product.${sku}`, name)),
      h('span', { class: 'sum' }, money(unitPriceCents * quantity, currency)),
    ),
  )
  const total = h(
    'p',
    { class: 'sum-line' },
    h('span', {}, t('cart.total')),
    h('span', { class: 'total' }, money(totalCents, currency)),
  )
  return h('section', {}, h('h2', {}, t('order.items')), h('ul', { class: 'lines' }, ...rows), total)
}

function copyLink() {
  return copyButton('order.share', () => location.href)
}
