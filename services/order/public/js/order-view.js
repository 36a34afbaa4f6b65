import { h } from '/assets/js/dom.js'
import { money, t } from '/assets/js/text.js'
import { createCancel } from './cancel-button.js'
import { copyButton } from './copy-button.js'
import { createCurl } from './curl.js'
import { createJourney } from './journey.js'
import { createMailList } from './mail-list.js'
import { createMoneyBack } from './money-back.js'
import { createNextStep } from './next-step.js'
import { createOrderHead } from './order-head.js'
import { orderItems } from './order-items.js'
import { standingOf } from './order-standing.js'
import { createPayPanel } from './pay-panel.js'
import { createTimeline } from './timeline.js'
import { createTraceView } from './trace-view.js'

/** @import { Entry, Mail, Order } from './order.js' */
/**
 * What can be done about an order, and how its way through the shop is asked for; `refund` by the admin alone.
 * @typedef {import('../../trace/trace-answer.ts').Trace} Trace
 * @typedef {import('./pay-panel.js').Paying & { cancel(): Promise<unknown>, readTrace(): Promise<Trace> }} Deeds
 * @typedef {(body: object, headers: Record<string, string>) => Promise<unknown>} Refund
 */

/**
 * The page of one order.
 * @param {Order} order
 * @param {Deeds} deeds
 * @param {Refund | null} refund
 */
export function createOrderView(order, deeds, refund) {
  const parts = createParts(order, deeds, refund)
  /** @type {Entry[]} */ let entries = order.timeline
  let mailCount = 0
  return {
    element: layOut(order, parts),
    isAway: (/** @type {boolean} */ is) => {
      parts.away.hidden = !is
    },
    showTimeline: (/** @type {Entry[]} */ told) => {
      entries = told
      showStanding(order, entries, parts)
      parts.timeline.show(entries)
      parts.journey.show(entries, mailCount)
      parts.travel.look()
    },
    showSms: parts.mails.showSms,
    showMails: (/** @type {Mail[] | 'away'} */ found) => {
      parts.mails.show(found)
      if (found !== 'away') mailCount = found.length
      parts.journey.show(entries, mailCount)
    },
  }
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/** @param {Order} order @param {Deeds} deeds @param {Refund | null} refund */
function createParts(order, deeds, refund) {
  return {
    away: h('p', { class: 'notice', role: 'status', hidden: true }, t('order.away')),
    head: createOrderHead(order),
    payPanel: createPayPanel(order, deeds),
    next: createNextStep(),
    journey: createJourney(order),
    travel: createTraceView(deeds.readTrace),
    timeline: createTimeline(order.currency),
    mails: createMailList(),
    moneyBack: refund && createMoneyBack(order, refund),
    cancelling: createCancel(deeds.cancel),
  }
}

/** @param {Order} order @param {Parts} parts */
function layOut(order, { away, head, payPanel, next, journey, travel, timeline, mails, moneyBack, cancelling }) {
  const share = copyButton('order.share', () => location.href)
  const actions = h('div', { class: 'actions' }, cancelling.element, share)
  const side = h('div', { class: 'side' }, orderItems(order), mails.element, moneyBack?.element, actions)
  const story = h('section', {}, h('h2', {}, t('order.timeline')), timeline.element)
  return h(
    'article',
    { class: 'order-page' },
    ...[away, head.element, travel.waiting, payPanel.element, next.element],
    h('section', { class: 'travel', 'aria-label': t('order.journey') }, journey.element, travel.element),
    h('div', { class: 'columns' }, story, side),
    createCurl(order),
  )
}

/** All that follows from how it stands. @param {Order} order @param {Entry[]} entries @param {Parts} parts */
function showStanding(order, entries, { head, payPanel, next, moneyBack, cancelling }) {
  const standing = standingOf(order, entries)
  head.show(standing)
  cancelling.show(entries.at(-1)?.canCancel ?? false, consequenceOf(standing, order))
  next.show(standing.canPay ? 'open' : standing.state)
  payPanel.show(standing)
  moneyBack?.show(standing)
}

/** What would follow if it were cancelled. @param {import('./order-standing.js').Standing} standing @param {Order} order */
function consequenceOf({ state, refundedCents }, { totalCents, currency }) {
  const left = money(totalCents - refundedCents, currency)
  if (state === 'paid') return t('order.cancel.paid', { left })
  return t(state === 'paying' ? 'order.cancel.paying' : 'order.cancel.unpaid')
}
