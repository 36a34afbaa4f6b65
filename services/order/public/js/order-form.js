import { post, Refusal } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { Field } from '/assets/js/field.js'
import { freshen, whoIsHere } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useEffect, useMemo, useState } from '/assets/vendor/htm-preact.js'
import { emptyCart, inCart } from './cart.js'
import { shortIn } from './cart-lines.js'
import { wantToGo } from './trip.js'
import { methodIn, WaysToPay } from './ways-to-pay.js'

/** @import { Products } from './cart-lines.js' */

/**
 * The form that places what is in the cart. What is refused stands at its field; `onItemErrors` hears what is wrong with which
 * product.
 * @param {{ products: Products, total: string, onItemErrors: (errors: Record<string, string>) => void }} props
 */
export function OrderForm({ products, total, onItemErrors }) {
  const attempt = useMemo(createAttempt, [])
  const known = useKnown()
  const form = useForm(async (data) => {
    onItemErrors({})
    const short = shortIn(products)
    if (short.length > 0) {
      onItemErrors(Object.fromEntries(short.map(({ sku, said }) => [sku, said])))
      throw new Refusal(422, t('form.mend'))
    }
    await placeOrder(data, attempt).catch((error) => {
      onItemErrors(itemErrorsIn(error))
      throw asWords(error)
    })
  })
  const field = (/** @type {'name' | 'email' | 'phone'} */ name, /** @type {Record<string, unknown>} */ more) => html`
    <${Field} id=${`checkout-${name}`} name=${name} label=${t(`checkout.${name}`)} error=${form.errorOf(`customer.${name}`)}
      defaultValue=${known[name]} onInput=${keep(name)} ...${more} />`
  return html`
    <form ...${form.attributes} noValidate>
      ${field('name', { type: 'text', autocomplete: 'name', maxlength: 100 })}
      ${field('email', { type: 'email', autocomplete: 'email', maxlength: 254 })}
      ${known.phone !== '' && field('phone', { type: 'tel', autocomplete: 'tel', maxlength: 32 })}
      <${WaysToPay} isLater=${true} />
      <p class="sum-line"><span>${t('cart.total')}</span><output class="total">${total}</output></p>
      <button class="primary" type="submit" aria-disabled=${form.isBusy ? 'true' : null}>
        ${t(form.isBusy ? 'checkout.placing' : 'checkout.place')}
      </button>
      <p class="failure" role="alert" hidden=${form.failure === null}>${form.failure}</p>
      <p class="small">${t('checkout.note')}</p>
    </form>`
}

/** @param {FormData} data @param {ReturnType<typeof createAttempt>} attempt */
async function placeOrder(data, attempt) {
  const method = methodIn(data)
  const phone = String(data.get('phone') ?? '').trim()
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

/** Refusals of products, by their skus: the server names the place of each. @param {unknown} error */
function itemErrorsIn(error) {
  const errors = error instanceof Refusal ? error.errors : []
  const found = errors.flatMap(({ field, message }) => {
    const [, place] = /^items\.(\d+)\./.exec(field) ?? []
    const sku = inCart()[Number(place)]?.[0]
    return sku === undefined ? [] : [[sku, message]]
  })
  return Object.fromEntries(found)
}

/** Pressed again it is the same order, so that is what is said where no answer came. @param {unknown} error */
const asWords = (error) =>
  error instanceof Refusal && error.status === 0 ? new Refusal(422, t('checkout.away')) : error

const keep =
  (/** @type {string} */ name) =>
  (/** @type {{ currentTarget: HTMLInputElement }} */ { currentTarget }) =>
    sessionStorage.setItem(`field:${name}`, currentTarget.value)

const SAMPLE =
  document.body.dataset.demo === 'yes' ? { name: 'Ada Lovelace', email: 'ada@example.com' } : { name: '', email: '' }

/** What the fields begin with: what was typed here, or who is signed in, or a sample. */
function useKnown() {
  const [account, setAccount] = useState(
    /** @type {{ name: string, email: string, phone: string | null } | null} */ (null),
  )
  useEffect(() => void whoIsHere().then(setAccount, () => {}), [])
  const typed = (/** @type {string} */ name) => sessionStorage.getItem(`field:${name}`)
  return {
    name: typed('name') ?? account?.name ?? SAMPLE.name,
    email: typed('email') ?? account?.email ?? SAMPLE.email,
    phone: typed('phone') ?? account?.phone ?? '',
  }
}
