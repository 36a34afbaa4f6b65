import { get, post } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { h, setText } from '/assets/js/dom.js'
import { freshen } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'

const CUSTOMER = { name: 'Ada Lovelace', email: 'ada@example.com' }
const METHOD = 'pm_card_visa'

/** A button that really places one order, and leads to its page. @param {string} look @param {string} label */
export function createSampleButton(look, label) {
  const button = h('button', { class: `${look} sample`, type: 'button' }, t(label))
  const failure = h('span', { class: 'failure', role: 'alert', hidden: true })
  const attempt = createAttempt()
  const isBusy = (/** @type {boolean} */ is) => {
    button.ariaDisabled = is ? 'true' : null
    setText(button, t(is ? 'checkout.placing' : label))
  }
  button.addEventListener('click', async () => {
    if (button.ariaDisabled) return
    isBusy(true)
    failure.hidden = true
    await placeSample(attempt).catch((error) => {
      isBusy(false)
      setText(failure, error.status === 0 ? t('checkout.away') : error.message)
      failure.hidden = false
    })
  })
  addEventListener('pageshow', ({ persisted }) => persisted && isBusy(false)) // back from the order
  return h('span', { class: 'sample-box' }, button, failure)
}

/** @param {ReturnType<typeof createAttempt>} attempt pressed again after a lost answer it is the same order */
async function placeSample(attempt) {
  const order = { customer: CUSTOMER, items: [{ sku: await aProduct(), quantity: 1 }], payment: { method: METHOD } }
  await freshen() // whoever is signed in finds it among theirs
  const { id, key } = await post('/api/orders', order, { 'idempotency-key': attempt.keyOf(order) })
  attempt.isDone()
  sessionStorage.setItem(`request:${id}`, JSON.stringify(order))
  location.assign(`/orders/${id}#${key}`)
}

/** The first product that is not known to be sold out. @returns {Promise<string>} */
async function aProduct() {
  const { products } = await get('/api/products?limit=20')
  const found =
    products.find((/** @type {{ available: number | null }} */ { available }) => available !== 0) ?? products[0]
  return found.sku
}
