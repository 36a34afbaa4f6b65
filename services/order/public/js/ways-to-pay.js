import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** Of Stripe's test cards those that differ in what their holder sees. */
const CARDS = /** @type {const} */ ([
  ['pm_card_visa', 'pays'],
  ['pm_card_authenticationRequired', 'confirm'],
  ['pm_card_chargeDeclined', 'declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'noFunds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired'],
])
const LATER = 'later'

/** The ways to pay, to choose one of; `LATER` only where the order is yet to be placed. @param {{ isLater: boolean }} props */
export function WaysToPay({ isLater }) {
  const others = isLater ? ['hosted', LATER] : ['hosted']
  return html`
    <div class="ways">
      <fieldset>
        <legend>${t('pay.card')}</legend>
        ${CARDS.map(([method, key], i) => html`<${Choice} value=${method} name=${`card.${key}`} isFirst=${i === 0} />`)}
      </fieldset>
      <fieldset>
        <legend>${t('pay.otherwise')}</legend>
        ${others.map((way) => html`<${Choice} value=${way} name=${`way.${way}`} isFirst=${false} />`)}
      </fieldset>
    </div>`
}

/** What the API is told of the way that was chosen; undefined where it is paid later. @param {FormData} data */
export function methodIn(data) {
  const way = data.get('pay')
  return typeof way === 'string' && way !== LATER ? way : undefined
}

/** @param {{ value: string, name: string, isFirst: boolean }} props */
function Choice({ value, name, isFirst }) {
  return html`
    <label class="choice">
      <input type="radio" name="pay" value=${value} defaultChecked=${isFirst} />
      <span><b>${t(name)}</b><small>${t(`${name}.about`)}</small></span>
    </label>`
}
