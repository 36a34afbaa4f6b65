import { get, post, serverNow } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { t, tOr } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useEffect, useMemo, useState } from '/assets/vendor/htm-preact.js'
import { announcementOf, DEFAULTS } from './announce.js'

/** @import { Wish } from './announce.js' */
/** @typedef {{ sku: string, name: string, priceCents: number }} Product */

const OFF = 0.75 // of the usual price

/** Announces a sale, and leads to it. */
export function AnnounceForm() {
  const [products, setProducts] = useState(/** @type {Product[]} */ ([]))
  const [sku, setSku] = useState('')
  const [order, setOrder] = useState('line')
  const attempt = useMemo(createAttempt, [])
  useEffect(
    () =>
      void get('/api/products').then(
        (answer) => setProducts(answer.products),
        () => {},
      ),
    [],
  )
  const form = useForm(async (data) => {
    const wish = /** @type {Wish} */ (Object.fromEntries(data))
    const headers = { 'idempotency-key': attempt.keyOf(wish) }
    const { id } = await post('/api/admin/sales', announcementOf(wish, serverNow()), headers)
    attempt.isDone()
    location.assign(`/sale/${id}`)
  })
  const chosen = products.find((one) => one.sku === sku) ?? products[0]
  const price = chosen ? Math.round((chosen.priceCents * OFF) / 100).toFixed(2) : ''
  return html`
    <form class="card-form announce" ...${form.attributes}>
      <h2>${t('announce.title')}</h2>
      <div class="announce-fields">
        <${Choice} name="kind" values=${['flash', 'group']} />
        <${Choice} name="order" values=${['line', 'draw']} onChange=${setOrder} />
        <div class="field">
          <label for="sku"><span>${t('announce.sku')}</span></label>
          <select id="sku" name="sku" onChange=${(/** @type {{ currentTarget: HTMLSelectElement }} */ event) => setSku(event.currentTarget.value)}>
            ${products.map((one) => html`<option value=${one.sku}>${tOr(`product.${one.sku}`, one.name)}</option>`)}
          </select>
        </div>
        <${Amount} name="units" min=${1} max=${100_000} form=${form} />
        <${Field} key=${price} name="price" label=${t('announce.price')} type="number" min="0.01" step="0.01" required defaultValue=${price} error=${form.errorOf('priceCents')} />
        <${Amount} name="opensInS" min=${0} max=${86_400} form=${form} error="opensAt" />
        <${Amount} name="lastsS" min=${5} max=${604_800} form=${form} error="endsAt" />
        <${Amount} name="payWithinS" min=${1} max=${86_400} form=${form} error="payWithinMs" />
        ${order === 'draw' && html`<${Amount} name="drawAfterS" min=${1} max=${86_400} form=${form} error="drawsAt" />`}
      </div>
      <${FormEnd} form=${form} label=${t('announce.go')} />
    </form>`
}

/** @param {{ name: keyof typeof DEFAULTS, min: number, max: number, form: import('/assets/js/use-form.js').Form, error?: string }} props */
function Amount({ name, min, max, form, error = name }) {
  return html`
    <${Field} name=${name} label=${t(`announce.${name}`)} type="number" min=${min} max=${max} required
      defaultValue=${DEFAULTS[name]} error=${form.errorOf(error)} />`
}

/** @param {{ name: string, values: string[], onChange?: (value: string) => void }} props */
function Choice({ name, values, onChange = () => {} }) {
  const choose = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) =>
    onChange(currentTarget.value)
  return html`
    <div class="field">
      <label for=${name}><span>${t(`announce.${name}`)}</span></label>
      <select id=${name} name=${name} onChange=${choose}>
        ${values.map((value) => html`<option value=${value}>${t(`announce.${name}.${value}`)}</option>`)}
      </select>
    </div>`
}
