import { h, setText } from '/assets/js/dom.js'
import { dateAndClock, money, t, tOr } from '/assets/js/text.js'
import { createCancel } from './cancel-button.js'
import { copyButton } from './copy-button.js'
import { createCurl } from './curl.js'
import { createJourney } from './journey.js'
import { createMailList } from './mail-list.js'
import { createMoneyBack } from './money-back.js'
import { createNextStep } from './next-step.js'
import { standingOf } from './order-standing.js'
import { createPayPanel } from './pay-panel.js'
import { createTimeline } from './timeline.js'
import { createTraceView } from './trace-view.js'

/**
 * What can be done about an order, and how its way through the shop is asked for; `refund` by the admin alone.
 * @typedef {import('../../trace/trace-answer.ts').Trace} Trace
 * @typedef {import('./pay-panel.js').Paying & { cancel(): Promise<unknown>, readTrace(): Promise<Trace> }} Deeds
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
  const travel = createTraceView(deeds.readTrace)
  const next = createNextStep()
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
    travel.waiting,
    payPanel.element,
    next.element,
    h('section', { class: 'travel', 'aria-label': t('order.journey') }, journey.element, travel.element),
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
      cancelling.show(entries.at(-1)?.canCancel ?? false, consequenceOf(standing, order))
      next.show(standing.canPay ? 'open' : standing.state)
      payPanel.show(standing)
      moneyBack?.show(standing)
      timeline.show(entries)
      journey.show(entries, mailCount)
      travel.look()
    },
    showSms: mails.showSms,
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

/** What would follow if it were cancelled. @param {import('./order-standing.js').Standing} standing @param {import('./order.js').Order} order */
function consequenceOf({ state, refundedCents }, { totalCents, currency }) {
  const left = money(totalCents - refundedCents, currency)
  if (state === 'paid') return t('order.cancel.paid', { left })
  return t(state === 'paying' ? 'order.cancel.paying' : 'order.cancel.unpaid')
}

function itemsOf(/** @type {import('./order.js').Order} */ { items, totalCents, currency }) {
  const rows = items.map(({ sku, name, quantity, unitPriceCents }) =>
    h(
      'li',
      {},
      h('span', { class: 'quantity' }, `${quantity} ×`),
      h('a', { class: 'name', href: `/products/${encodeURIComponent(sku)}` }, tOr(`product.${sku}`, name)),
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
