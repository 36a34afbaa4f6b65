import { post, Refusal } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { nameHere } from '/assets/js/signed-in.js'
import { takeToken } from '/assets/js/take-token.js'
import { t } from '/assets/js/text.js'
import { useFocusAfter } from '/assets/js/use-focus.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { AskForMail } from './ask-for-mail.js'

/** @typedef {{ is: 'asking' | 'password' | 'away' | 'used' | 'refused' } | { is: 'done', email: string }} Outcome */

/** Where the link in the mail leads: the address is confirmed by whoever is signed in, or has the password. */
export function VerifyPage() {
  const [token] = useState(takeToken)
  const [outcome, setOutcome] = useState(firstFor(token))
  const title = useFocusAfter(outcome.is)
  const ask = async () => {
    setOutcome({ is: 'asking' })
    setOutcome(await verify({ token }).catch(outcomeOf))
  }
  useEffect(() => {
    if (outcome.is === 'asking') void ask()
  }, [])
  const email = outcome.is === 'done' ? outcome.email : ''
  return html`
    <section class="narrow">
      <div role="status">
        <h1 tabindex="-1" ref=${title}>${t(`verify.${outcome.is}`)}</h1>
        <p class="lead">${outcome.is !== 'asking' && t(`verify.${outcome.is}.about`, { email })}</p>
      </div>
      ${outcome.is === 'password' && html`<${Password} token=${token} onOutcome=${setOutcome} />`}
      ${outcome.is === 'away' && html`<p><button class="primary" onClick=${ask}>${t('form.again')}</button></p>`}
      ${(outcome.is === 'done' || outcome.is === 'used') && html`<${Onward} />`}
      ${outcome.is === 'refused' && html`<${AskForMail} path="/api/accounts/resend" label=${t('verify.resend')} />`}
    </section>`
}

/** @param {string} token @returns {Outcome} */
function firstFor(token) {
  if (token === '') return { is: 'refused' }
  return { is: nameHere() === null ? 'password' : 'asking' }
}

/** Whoever did not sign up has no password to give, and sets one of their own. */
function Password(/** @type {{ token: string, onOutcome: (outcome: Outcome) => void }} */ { token, onOutcome }) {
  const form = useForm(async (data) => {
    try {
      onOutcome(await verify({ token, password: data.get('password') }))
    } catch (error) {
      if (!(error instanceof Refusal) || !(error.status in ENDS)) throw error
      onOutcome(outcomeOf(error))
    }
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="password" type="password" required label=${t('field.password')} autocomplete="current-password"
        error=${form.errorOf('password')} />
      <${FormEnd} form=${form} label=${t('verify.go')}>
        <a href="/account/reset">${t('verify.forgot')}</a>
      <//>
    </form>`
}

/** @param {object} body @returns {Promise<Outcome>} */
async function verify(body) {
  const { email } = await post('/api/accounts/verify', body)
  return { is: 'done', email }
}

/** @type {Record<number, Outcome>} */
const ENDS = { 401: { is: 'password' }, 404: { is: 'refused' }, 409: { is: 'used' } }

/** @param {unknown} error @returns {Outcome} */
const outcomeOf = (error) => (error instanceof Refusal && ENDS[error.status]) || { is: 'away' }

function Onward() {
  const [href, key] = nameHere() === null ? ['/account/sign-in', 'signIn.title'] : ['/account', 'account.title']
  return html`<p><a class="primary" href=${href}>${t(key)}</a></p>`
}
