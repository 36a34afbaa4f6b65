import { createAttempt } from '/assets/js/attempt.js'
import { h, setText } from '/assets/js/dom.js'
import { money, t } from '/assets/js/text.js'
import { centsIn } from './cents.js'

/** @import { Order } from './order.js' */
/** @import { Standing } from './order-standing.js' */

/**
 * Where the admin refunds an order, in part or as a whole; hidden while there is nothing to refund.
 * @param {Order} order
 * @param {(body: object, headers: Record<string, string>) => Promise<unknown>} refund
 */
export function createMoneyBack({ totalCents, currency }, refund) {
  const amount = /** @type {HTMLInputElement} */ (
    h('input', { name: 'amount', inputmode: 'decimal', required: true, autocomplete: 'off' })
  )
  const reason = /** @type {HTMLInputElement} */ (h('input', { name: 'reason', maxlength: 200, autocomplete: 'off' }))
  const left = h('p', { class: 'small' })
  const said = h('p', { class: 'small', role: 'status' })
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'quiet', type: 'submit' }, t('refund.ask'))
  const form = h('form', {}, field('refund.amount', amount), field('refund.reason', reason), button, failure)
  const element = h('section', { id: 'refund', hidden: true }, h('h2', {}, t('refund.title')), left, form, said)
  const attempt = createAttempt()
  let leftCents = 0
  const ask = async () => {
    const cents = centsIn(amount.value)
    if (cents === null || cents > leftCents)
      throw new Error(t('refund.amount.wrong', { left: money(leftCents, currency) }))
    const body = { amountCents: cents, ...(reason.value.trim() !== '' && { reason: reason.value.trim() }) }
    await refund(body, { 'idempotency-key': attempt.keyOf(body) })
    attempt.isDone()
    setText(said, t('refund.asked', { sum: money(cents, currency) }))
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.setAttribute('disabled', '')
    failure.hidden = true
    await ask().catch((error) => {
      failure.hidden = false
      setText(failure, error.status === 0 ? t('refund.away') : error.message)
    })
    button.removeAttribute('disabled')
  })
  return {
    element,
    show: (/** @type {Standing} */ { state, refundedCents, askedCents }) => {
      const before = leftCents
      leftCents = state === 'paid' ? totalCents - refundedCents - askedCents : 0
      element.hidden = state !== 'paid'
      form.hidden = leftCents <= 0
      setText(left, t('refund.left', { left: money(leftCents, currency), total: money(totalCents, currency) }))
      if (leftCents !== before) amount.value = (leftCents / 100).toFixed(2)
    },
  }
}

function field(/** @type {string} */ key, /** @type {HTMLInputElement} */ input) {
  return h('label', { class: 'field' }, h('span', {}, t(key)), input)
}
