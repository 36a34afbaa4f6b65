import { byId, h, setText } from '/assets/js/dom.js'
import { money, t } from '/assets/js/text.js'
import { createPayForm } from './pay-form.js'
import { createTimeLeft } from './time-left.js'

/** @import { Order } from './order.js' */
/** @import { Standing } from './order-standing.js' */
/**
 * What the page of an order does about money: `pay` offers a means of payment, `leave` is told before the customer goes
 * to the gateway, and `isBack` is whether they come from there.
 * @typedef {{ pay(method: string): Promise<unknown>, leave(): void, isBack: boolean }} Paying
 */

/**
 * What the customer of an order has to do for its payment, and how much time there is left for it; hidden while that is
 * nothing.
 * @param {Order} order
 * @param {Paying} paying
 */
export function createPayPanel({ payBy, totalCents, currency }, { pay, leave, isBack }) {
  const title = h('h2', { id: 'pay-title', tabindex: '-1' })
  const words = h('p', { class: 'about' })
  const form = createPayForm(money(totalCents, currency), pay)
  const way = h('a', { class: 'primary', id: 'challenge', onclick: leave })
  const timeLeft = payBy === null ? null : createTimeLeft(Date.parse(payBy), () => draw(now))
  const element = h(
    'section',
    { class: 'pay-panel', 'aria-labelledby': 'pay-title', hidden: true },
    h('div', { class: 'pay-head' }, title, timeLeft?.element),
    words,
    form,
    way,
  )
  /** @type {Standing | null} */ let now = null
  /** @type {string | null | undefined} */ let backFrom // where the customer comes from; another challenge is another thing
  const draw = (/** @type {Standing | null} */ standing) => {
    if (standing === null) return
    const { challenge, canPay } = standing
    const focused = document.activeElement
    now = standing
    if (backFrom === undefined) backFrom = (isBack && challenge?.url) || null
    element.hidden = challenge === null && !canPay
    if (timeLeft) timeLeft.element.hidden = element.hidden || timeLeft.isOver()
    form.hidden = !canPay || (timeLeft?.isOver() ?? true)
    way.hidden = challenge === null
    if (challenge !== null) way.setAttribute('href', challenge.url)
    setText(way, t(`pay.${challenge?.kind}.go`))
    const [titleKey, wordsKey] = keysOf(standing, timeLeft?.isOver() ?? true, challenge?.url === backFrom)
    setText(title, t(titleKey, { money: money(totalCents, currency) }))
    setText(words, t(wordsKey))
    keepFocus(focused)
  }
  /** Whoever was at something that is not there any more goes on at what stands in its place. */
  const keepFocus = (/** @type {Element | null} */ focused) => {
    if (!element.contains(focused) || !focused?.closest('[hidden]')) return
    if (element.hidden) byId('main').focus()
    else title.focus()
  }
  return { element, show: draw }
}

/** @param {Standing} standing @param {boolean} isOver @param {boolean} isBack @returns {[title: string, words: string]} */
function keysOf({ state, challenge }, isOver, isBack) {
  if (challenge !== null) return [`pay.${challenge.kind}.title`, isBack ? 'pay.back' : `pay.${challenge.kind}.about`]
  if (isOver) return ['pay.over', 'pay.over.about']
  return state === 'declined' ? ['pay.again', 'pay.again.about'] : ['pay.title', 'pay.about']
}
