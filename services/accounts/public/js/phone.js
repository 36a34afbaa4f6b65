import { get, post } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { t } from '/assets/js/text.js'
import { useFocusAfter } from '/assets/js/use-focus.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Own } from './account-page.js' */

/** The phone of an account: its number, and the code that proves it. */
export function Phone(/** @type {Own} */ own) {
  const { phone, isPhoneVerified, isStopped } = own.account
  const [isChanging, setChanging] = useState(phone === null)
  const title = useFocusAfter(`${isChanging} ${phone} ${isPhoneVerified}`)
  return html`
    <section aria-labelledby="phone-title">
      <h2 id="phone-title" tabindex="-1" ref=${title}>${t('phone.title')}</h2>
      ${
        phone !== null &&
        html`
        <p class="address">
          <span>${phone}</span> <span class="mark" data-look=${isPhoneVerified ? 'well' : 'open'}>
            ${t(isPhoneVerified ? 'address.verified' : 'address.unverified')}
          </span>
          ${!isChanging && html` <button class="link" onClick=${() => setChanging(true)}>${t('phone.change')}</button>`}
        </p>`
      }
      ${isStopped && html`<p class="notice">${t('phone.stopped')}</p>`}
      ${isChanging && html`<${NumberForm} ...${own} onDone=${() => setChanging(false)} />`}
      ${phone !== null && !isPhoneVerified && !isChanging && html`<${Code} ...${own} />`}
    </section>`
}

function NumberForm(/** @type {Own & { onDone: () => void }} */ { account, onChange, onDone }) {
  const form = useForm(async (data) => {
    await post('/api/account/phone', { phone: data.get('phone') })
    onChange(await get('/api/account'))
    onDone()
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="phone" type="tel" label=${t('field.phone')} about=${t('field.phone.about')} value=${account.phone ?? ''}
        autocomplete="tel" maxlength=${32} required error=${form.errorOf('phone')} />
      <${FormEnd} form=${form} label=${t('phone.go')} look="quiet" />
    </form>`
}

function Code(/** @type {Own} */ { account, onChange }) {
  const form = useForm(async (data) => {
    onChange(await post('/api/account/phone/verify', { code: data.get('code') }))
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="code" label=${t('phone.code')} about=${t('phone.code.about', { phone: account.phone })}
        autocomplete="one-time-code" inputmode="numeric" pattern="[0-9]{6}" maxlength=${6} required error=${form.errorOf('code')} />
      <${FormEnd} form=${form} label=${t('phone.code.go')} look="quiet" />
    </form>`
}
