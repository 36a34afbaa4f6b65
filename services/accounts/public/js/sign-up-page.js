import { post } from '/assets/js/api.js'
import { createAttempt } from '/assets/js/attempt.js'
import { Field, PASSWORD } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { language, t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useMemo, useState } from '/assets/vendor/htm-preact.js'
import { Lights } from './lights.js'
import { StandInNote } from './stand-in-note.js'

/**
 * What the shop has answered: where to watch the registration, and when it was asked and answered, in ms of this page.
 * @typedef {{ name: string, email: string, watch: string, askedAt: number, answeredAt: number }} SignedUp
 */

/** Signs somebody up, and shows what becomes of it: the answer first, mail and SMS when they are. */
export function SignUpPage() {
  const [done, setDone] = useState(/** @type {SignedUp | null} */ (null))
  return done === null ? html`<${SignUp} onDone=${setDone} />` : html`<${Watch} done=${done} />`
}

function SignUp(/** @type {{ onDone: (done: SignedUp) => void }} */ { onDone }) {
  const attempt = useMemo(createAttempt, [])
  const form = useForm(async (data) => {
    const [name, email, password, phone] = ['name', 'email', 'password', 'phone'].map((key) => String(data.get(key)))
    const body = { name, email, password, language, ...(phone?.trim() && { phone }) }
    const askedAt = performance.now()
    const { watch } = await post('/api/accounts', body, { 'idempotency-key': attempt.keyOf(body) })
    onDone({ name: name ?? '', email: email ?? '', watch, askedAt, answeredAt: performance.now() })
  })
  const { errorOf } = form
  return html`
    <section class="narrow">
      <h1>${t('signUp.title')}</h1>
      <p class="lead">${t('signUp.lead')}</p>
      <form class="card-form" ...${form.attributes}>
        <${Field} name="name" label=${t('field.name')} autocomplete="name" maxlength=${100} required error=${errorOf('name')} />
        <${Field} name="email" type="email" label=${t('field.email')} autocomplete="email" maxlength=${254} required
          error=${errorOf('email')} />
        <${Field} name="password" label=${t('field.password')} about=${t('field.password.about')} autocomplete="new-password"
          ...${PASSWORD} error=${errorOf('password')} />
        <${Field} name="phone" type="tel" label=${t('field.phone.optional')} about=${t('field.phone.about')}
          autocomplete="tel" maxlength=${32} error=${errorOf('phone')} />
        <${FormEnd} form=${form} label=${t('signUp.go')}><a href="/account/sign-in">${t('signUp.instead')}</a><//>
      </form>
    </section>`
}

function Watch(/** @type {{ done: SignedUp }} */ { done }) {
  return html`
    <section class="narrow">
      <h1 tabindex="-1" ref=${focus}>${t('signUp.done')}</h1>
      <p class="lead">${t('signUp.done.about', { email: done.email })}</p>
      <${Lights} done=${done} />
      <${StandInNote} of=${['mails', 'phones']} />
      <p><a class="primary" href="/account/sign-in">${t('signIn.title')}</a></p>
    </section>`
}

/** The form was longer than what stands in its place now. */
function focus(/** @type {HTMLElement | null} */ heading) {
  heading?.focus()
  scrollTo({ top: 0 })
}
