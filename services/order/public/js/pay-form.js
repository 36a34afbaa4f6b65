import { Refusal } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { html, render } from '/assets/vendor/htm-preact.js'
import { methodIn, WaysToPay } from './ways-to-pay.js'

/** Offers a means of payment for an order that is placed. @param {string} sum @param {(method: string) => Promise<unknown>} pay */
export function createPayForm(sum, pay) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'primary', type: 'submit' }, t('pay.now', { sum }))
  const ways = h('div')
  render(html`<${WaysToPay} isLater=${false} />`, ways)
  const form = h('form', { class: 'pay-form' }, ways, h('div', {}, button, failure))
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (button.ariaDisabled) return
    button.ariaDisabled = 'true' // a button that is disabled would lose the focus
    setText(button, t('pay.paying'))
    failure.hidden = true
    await pay(methodIn(new FormData(/** @type {HTMLFormElement} */ (form))) ?? '').catch((error) => {
      failure.hidden = false
      setText(failure, wordsFor(error))
    })
    button.ariaDisabled = null
    setText(button, t('pay.now', { sum }))
  })
  return form
}

function wordsFor(/** @type {unknown} */ error) {
  if (!(error instanceof Refusal)) return String(error)
  if (error.status === 0) return t('pay.away')
  return error.status === 409 ? t('pay.refused') : error.message
}
