import { post, Refusal } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { h, setText } from '/assets/js/dom.js'
import { freshen, whoIsHere } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { emptyCart, inCart } from './cart.js'
import { wantToGo } from './trip.js'
import { methodIn, waysToPay } from './ways-to-pay.js'

/** The form that places what is in the cart; `total` stands above its button. */
export function createOrderForm(/** @type {HTMLElement} */ total) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'primary', type: 'submit' }, t('checkout.place'))
  const fields = {
    name: createField('name', 'text', 'Ada Lovelace', 'name'),
    email: createField('email', 'email', 'ada@example.com', 'email'),
    phone: createField('phone', 'tel', '', 'tel'),
  }
  fields.phone.element.hidden = fields.phone.input.value === '' // asked of nobody, but shown to those whose it is
  const form = h(
    'form',
    { novalidate: false },
    fields.name.element,
    fields.email.element,
    fields.phone.element,
    waysToPay({ isLater: true }),
    h('p', { class: 'sum-line' }, h('span', {}, t('cart.total')), total),
    button,
    failure,
    h('p', { class: 'small' }, t('checkout.note')),
  )
  void fillIn(fields)
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
  const phone = String(data.get('phone')).trim()
  const order = {
    customer: { name: data.get('name'), email: data.get('email'), ...(phone !== '' && { phone }) },
    items: inCart().map(([sku, quantity]) => ({ sku, quantity })),
    ...(method !== undefined && { payment: { method } }),
  }
  await freshen() // or it would be a guest's
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

/**
 * Who is signed in does not say again who they are; what was typed here stays.
 * @param {Record<'name' | 'email' | 'phone', ReturnType<typeof createField>>} fields
 */
async function fillIn({ name, email, phone }) {
  const account = await whoIsHere().catch(() => null)
  if (account === null) return
  name.suggest(account.name)
  email.suggest(account.email)
  phone.suggest(account.phone ?? '')
  phone.element.hidden = phone.input.value === ''
}

/** @param {string} name @param {string} type @param {string} value @param {string} autocomplete */
function createField(name, type, value, autocomplete) {
  const key = `field:${name}`
  const more = { required: type !== 'tel', maxlength: { text: 100, email: 254, tel: 32 }[type] }
  const keep = () => sessionStorage.setItem(key, input.value)
  const input = /** @type {HTMLInputElement} */ (
    h('input', { name, type, value: sessionStorage.getItem(key) ?? value, autocomplete, ...more, oninput: keep })
  )
  return {
    element: h('label', { class: 'field' }, h('span', {}, t(`checkout.${name}`)), input),
    input,
    suggest: (/** @type {string} */ known) => {
      if (sessionStorage.getItem(key) === null) input.value = known
    },
  }
}
