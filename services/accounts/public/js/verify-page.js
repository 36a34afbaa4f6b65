import { post, Refusal } from '/assets/js/api.js'
import { nameHere } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { AskForMail } from './ask-for-mail.js'
import { takeToken } from './take-token.js'

/** @typedef {{ is: 'asking' | 'away' | 'used' | 'refused' } | { is: 'done', email: string }} Outcome */

/** Where the link in the mail leads: the address is confirmed by coming here. */
export function VerifyPage() {
  const [token] = useState(takeToken)
  const [outcome, setOutcome] = useState(/** @type {Outcome} */ ({ is: token === '' ? 'refused' : 'asking' }))
  const ask = async () => {
    setOutcome({ is: 'asking' })
    setOutcome(await verify(token))
  }
  useEffect(() => {
    if (token !== '') void ask()
  }, [])
  const email = outcome.is === 'done' ? outcome.email : ''
  return html`
    <section class="narrow">
      <div role="status">
        <h1>${t(`verify.${outcome.is}`)}</h1>
        <p class="lead">${outcome.is !== 'asking' && t(`verify.${outcome.is}.about`, { email })}</p>
      </div>
      ${outcome.is === 'away' && html`<p><button class="primary" onClick=${ask}>${t('form.again')}</button></p>`}
      ${(outcome.is === 'done' || outcome.is === 'used') && html`<${Onward} />`}
      ${outcome.is === 'refused' && html`<${AskForMail} path="/api/accounts/resend" label=${t('verify.resend')} />`}
    </section>`
}

/** @param {string} token @returns {Promise<Outcome>} */
async function verify(token) {
  try {
    const { email } = await post('/api/accounts/verify', { token })
    return { is: 'done', email }
  } catch (error) {
    if (!(error instanceof Refusal) || error.status === 0 || error.status >= 500) return { is: 'away' }
    return { is: error.status === 409 ? 'used' : 'refused' }
  }
}

function Onward() {
  const [href, key] = nameHere() === null ? ['/account/sign-in', 'signIn.title'] : ['/account', 'account.title']
  return html`<p><a class="primary" href=${href}>${t(key)}</a></p>`
}
