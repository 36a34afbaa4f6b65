import { post, Refusal } from '/assets/js/api.js'
import { Field, PASSWORD } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { takeToken } from '/assets/js/take-token.js'
import { t } from '/assets/js/text.js'
import { useFocusAfter } from '/assets/js/use-focus.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { AskForMail } from './ask-for-mail.js'

/** Where the link in the mail leads whoever has forgotten their password. */
export function ResetPage() {
  const [token] = useState(takeToken)
  const [step, setStep] = useState(/** @type {'ask' | 'done' | 'refused'} */ (token === '' ? 'refused' : 'ask'))
  const title = useFocusAfter(step)
  return html`
    <section class="narrow">
      <div role="status">
        <h1 tabindex="-1" ref=${title}>${t(`reset.${step}`)}</h1>
        <p class="lead">${t(`reset.${step}.about`)}</p>
      </div>
      ${step === 'ask' && html`<${NewPassword} token=${token} onStep=${setStep} />`}
      ${step === 'done' && html`<p><a class="primary" href="/account/sign-in">${t('signIn.title')}</a></p>`}
      ${step === 'refused' && html`<${AskForMail} path="/api/accounts/reset" label=${t('forgot.go')} />`}
    </section>`
}

function NewPassword(/** @type {{ token: string, onStep: (step: 'done' | 'refused') => void }} */ { token, onStep }) {
  const form = useForm(async (data) => {
    try {
      await post('/api/accounts/reset/confirm', { token, password: data.get('password') })
    } catch (error) {
      if (error instanceof Refusal && GONE.includes(error.status)) return onStep('refused')
      throw error
    }
    onStep('done')
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="password" label=${t('field.password.new')} about=${t('field.password.about')}
        autocomplete="new-password" ...${PASSWORD} error=${form.errorOf('password')} />
      <${FormEnd} form=${form} label=${t('reset.go')} />
    </form>`
}

const GONE = [404, 409, 410] // wrong, used, or old
