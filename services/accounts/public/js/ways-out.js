import { post, remove } from '/assets/js/api.js'
import { Field, PASSWORD } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { forget, freshen } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { sayRefusal, useForm } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { Account } from '/assets/js/signed-in.js' */

/** How to sign out, here or everywhere, to have a new password, and to be forgotten. */
export function WaysOut(/** @type {{ account: Account }} */ { account: { email } }) {
  const [said, setSaid] = useState('')
  const say = (/** @type {Promise<unknown>} */ asked, /** @type {() => void} */ then) =>
    asked.then(then, (error) => setSaid(sayRefusal(error)))
  const out = (/** @type {string} */ path) =>
    say(
      freshen().then(() => remove(path)),
      leave,
    )
  const renew = () => say(post('/api/accounts/reset', { email }), () => setSaid(t('mail.asked', { email })))
  return html`
    <section aria-labelledby="out">
      <h2 id="out">${t('out.title')}</h2>
      <div class="actions">
        <button class="quiet" onClick=${() => out('/api/account/session')}>${t('out.here')}</button>
        <button class="quiet" onClick=${() => out('/api/account/sessions')}>${t('out.everywhere')}</button>
        <button class="quiet" onClick=${renew}>${t('out.password')}</button>
      </div>
      <p class="said" role="status">${said}</p>
      <details>
        <summary><span class="name">${t('out.delete')}</span></summary>
        <${Delete} />
      </details>
    </section>`
}

function Delete() {
  const form = useForm(async (data) => {
    await post('/api/account/delete', { password: data.get('password') })
    leave()
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <p class="small">${t('out.delete.about')}</p>
      <${Field} name="password" label=${t('field.password')} autocomplete="current-password" ...${PASSWORD} minlength=${1}
        error=${form.errorOf('password')} />
      <${FormEnd} form=${form} label=${t('out.delete.go')} look="quiet danger" />
    </form>`
}

function leave() {
  forget()
  location.replace('/')
}
