import { post, Refusal } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { createAttempt } from './attempt.js'
import { emptyCart, inCart } from './cart.js'
import { wantToGo } from './trip.js'
import { methodIn, waysToPay } from './ways-to-pay.js'

/** The form that places what is in the cart; `total` stands above its button. */
export function createOrderForm(/** @type {HTMLElement} */ total) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'primary', type: 'submit' }, t('checkout.place'))
  const form = h(
    'form',
    { novalidate: false },
    field('name', 'text', 'Ada Lovelace', 'name'),
    field('email', 'email', 'ada@example.com', 'email'),
    waysToPay({ isLater: true }),
    h('p', { class: 'sum-line' }, h('span', {}, t('cart.total')), total),
    button,
    failure,
    h('p', { class: 'small' }, t('checkout.note')),
  )
  const attempt = createAttempt()
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.setAttribute('disabled', '')
    setText(button, t('checkout.placing'))
    failure.hidden = true
    try {
      await placeOrder(new FormData(/** @type {HTMLFormElement} */ (form)), attempt)
    } catch (error) {
      failure.hidden = false
      setText(failure, wordsFor(error))
      button.removeAttribute('disabled')
      setText(button, t('checkout.place'))
    }
  })
  return form
}

/** @param {FormData} data @param {ReturnType<typeof createAttempt>} attempt */
async function placeOrder(data, attempt) {
  const method = methodIn(data)
  const order = {
    customer: { name: data.get('name'), email: data.get('email') },
    items: inCart().map(([sku, quantity]) => ({ sku, quantity })),
    ...(method !== undefined && { payment: { method } }),
  }
  const { id, key } = await post('/api/orders', order, { 'idempotency-key': attempt.keyOf(order) })
  emptyCart()
  sessionStorage.setItem(`request:${id}`, JSON.stringify(order))
  if (method === 'hosted') wantToGo(id)
  location.assign(`/orders/${id}#${key}`)
}

function wordsFor(/** @type {unknown} */ error) {
  if (!(error instanceof Refusal)) return String(error)
  return error.status === 0 ? t('checkout.away') : error.message
}

/** @param {string} name @param {string} type @param {string} value @param {string} autocomplete */
function field(name, type, value, autocomplete) {
  const stored = sessionStorage.getItem(`field:${name}`) ?? value
  const keep = (/** @type {Event} */ { target }) =>
    sessionStorage.setItem(`field:${name}`, /** @type {HTMLInputElement} */ (target).value)
  return h(
    'label',
    { class: 'field' },
    h('span', {}, t(`checkout.${name}`)),
    h('input', {
      name,
      type,
      value: stored,
      autocomplete,
      required: true,
      maxlength: type === 'email' ? 254 : 100,
      oninput: keep,
    }),
  )
}
