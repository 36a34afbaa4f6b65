import { post } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Own } from './account-page.js' */

const LANGUAGES = { en: 'English', zh: '中文' }

/** What an account is called, and what it wants to hear from the shop, and how. */
export function Preferences(/** @type {Own} */ { account, onChange }) {
  const [isSaved, setSaved] = useState(false)
  const form = useForm(async (data) => {
    setSaved(false)
    const orders = { mail: data.has('mail'), ...(canHaveSms && { sms: data.has('sms') }) }
    onChange(await post('/api/account', { name: data.get('name'), language: data.get('language'), orders }))
    setSaved(true)
  })
  const canHaveSms = account.isPhoneVerified && !account.isStopped
  const choice = (/** @type {'mail' | 'sms'} */ name, isDisabled = false) => html`
    <label class="choice">
      <input type="checkbox" name=${name} checked=${account.orders[name]} disabled=${isDisabled} />
      <span><b>${t(`prefer.${name}`)}</b><small>${t(isDisabled ? `prefer.${name}.none` : `prefer.${name}.about`)}</small></span>
    </label>`
  return html`
    <section aria-labelledby="preferences">
      <h2 id="preferences">${t('prefer.title')}</h2>
      <form class="card-form" onInput=${() => setSaved(false)} ...${form.attributes}>
        <${Field} name="name" label=${t('field.name')} value=${account.name} autocomplete="name" maxlength=${100} required
          error=${form.errorOf('name')} />
        <div class="field">
          <label for="account-language"><span>${t('prefer.language')}</span></label>
          <select id="account-language" name="language">
            ${Object.entries(LANGUAGES).map(([value, name]) => html`<option value=${value} lang=${value} selected=${account.language === value}>${name}</option>`)}
          </select>
        </div>
        <fieldset>
          <legend>${t('prefer.orders')}</legend>
          ${choice('mail')}${choice('sms', !canHaveSms)}
        </fieldset>
        <${FormEnd} form=${form} label=${t('prefer.save')} look="quiet" />
        <p class="said" role="status">${isSaved && t('prefer.saved')}</p>
      </form>
    </section>`
}
