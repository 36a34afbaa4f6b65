import { post, Refusal } from '/assets/js/api.js'
import { h, setText } from '/assets/js/dom.js'
import { t } from '/assets/js/text.js'
import { emptyCart, inCart } from './cart.js'

const CARDS = [
  ['pm_card_visa', 'pays'],
  ['pm_card_chargeDeclined', 'declined'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'noFunds'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired'],
]

/** The form that places what is in the cart; `total` stands above its button. */
export function createOrderForm(/** @type {HTMLElement} */ total) {
  const failure = h('p', { class: 'failure', role: 'alert', hidden: true })
  const button = h('button', { class: 'primary', type: 'submit' }, t('checkout.place'))
  const form = h(
    'form',
    { novalidate: false },
    field('name', 'text', 'Ada Lovelace', 'name'),
    field('email', 'email', 'ada@example.com', 'email'),
    h(
      'fieldset',
      {},
      h('legend', {}, t('checkout.card')),
      ...CARDS.map(([method, key], i) => cardChoice(method ?? '', key ?? '', i === 0)),
    ),
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

/** One key per content of the form: pressing the button again after a lost answer is the same order, not a second. */
function createAttempt() {
  let last = { content: '', key: '' }
  return (/** @type {object} */ order) => {
    const content = JSON.stringify(order)
    if (content !== last.content) last = { content, key: randomKey() }
    return last.key
  }
}

const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** @param {FormData} data @param {(order: object) => string} keyOf */
async function placeOrder(data, keyOf) {
  const order = {
    customer: { name: data.get('name'), email: data.get('email') },
    items: inCart().map(([sku, quantity]) => ({ sku, quantity })),
    payment: { method: data.get('card') },
  }
  const { id, key } = await post('/api/orders', order, { 'idempotency-key': keyOf(order) })
  emptyCart()
  sessionStorage.setItem(`request:${id}`, JSON.stringify(order))
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

/** @param {string} method @param {string} key @param {boolean} isFirst */
function cardChoice(method, key, isFirst) {
  return h(
    'label',
    { class: 'choice' },
    h('input', { type: 'radio', name: 'card', value: method, checked: isFirst }),
    h('span', {}, h('b', {}, t(`card.${key}`)), h('small', {}, t(`card.${key}.about`))),
  )
}
