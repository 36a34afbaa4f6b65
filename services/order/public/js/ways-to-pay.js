import { h } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'

/** Of Stripe's test cards those that differ in what their holder sees. */
const CARDS = /** @type {const} */ ([
  ['pm_card_visa', 'pays'],
  ['pm_card_authenticationRequired', 'confirm'],
  ['pm_card_chargeDeclined', 'declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'noFunds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired'],
])
const LATER = 'later'

/** The ways to pay, to choose one of; `LATER` only where the order is yet to be placed. */
export function waysToPay(/** @type {{ isLater: boolean }} */ { isLater }) {
  const others = isLater ? ['hosted', LATER] : ['hosted']
  return h(
    'div',
    { class: 'ways' },
    group(
      'pay.card',
      CARDS.map(([method, key], i) => choice(method, `card.${key}`, i === 0)),
    ),
    group(
      'pay.otherwise',
      others.map((way) => choice(way, `way.${way}`, false)),
    ),
  )
}

/** What the API is told of the way that was chosen; undefined where it is paid later. @param {FormData} data */
export function methodIn(data) {
  const way = data.get('pay')
  return typeof way === 'string' && way !== LATER ? way : undefined
}

/** @param {string} title @param {HTMLElement[]} choices */
function group(title, choices) {
  return h('fieldset', {}, h('legend', {}, t(title)), ...choices)
}

/** @param {string} value @param {string} key @param {boolean} isChosen */
function choice(value, key, isChosen) {
  return h(
    'label',
    { class: 'choice' },
    h('input', { type: 'radio', name: 'pay', value, checked: isChosen }),
    h('span', {}, h('b', {}, t(key)), h('small', {}, t(`${key}.about`))),
  )
}
