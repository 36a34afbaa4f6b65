import { post } from '/assets/js/api.js'
import { Field, PASSWORD } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { welcome, whoIsHere } from '/assets/js/signed-in.js'
import { t } from '/assets/js/text.js'
import { useFocusAfter } from '/assets/js/use-focus.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { AskForMail } from './ask-for-mail.js'

/** Signs somebody in, and leads back to where they came from; or lets them have a new password. */
export function SignInPage() {
  const [hasForgotten, setForgotten] = useState(false)
  const title = useFocusAfter(hasForgotten)
  useEffect(
    () =>
      void whoIsHere().then(
        (account) => account !== null && goOn(),
        () => {},
      ),
    [],
  )
  return html`
    <section class="narrow">
      <h1 tabindex="-1" ref=${title}>${t(hasForgotten ? 'forgot.title' : 'signIn.title')}</h1>
      ${hasForgotten ? html`<${Forgot} onBack=${() => setForgotten(false)} />` : html`<${SignIn} onForgot=${() => setForgotten(true)} />`}
    </section>`
}

function SignIn(/** @type {{ onForgot: () => void }} */ { onForgot }) {
  const form = useForm(async (data) => {
    const { account } = await post('/api/account/session', { email: data.get('email'), password: data.get('password') })
    welcome(account)
    goOn()
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="email" type="email" label=${t('field.email')} autocomplete="username" maxlength=${254} required
        error=${form.errorOf('email')} />
      <${Field} name="password" label=${t('field.password')} autocomplete="current-password" ...${PASSWORD} minlength=${1}
        error=${form.errorOf('password')} />
      <${FormEnd} form=${form} label=${t('signIn.go')}>
        <button class="link" type="button" onClick=${onForgot}>${t('forgot.link')}</button>
      <//>
    </form>
    <p class="aside">${t('signIn.new')} <a href="/account/sign-up">${t('signUp.title')}</a></p>`
}

function Forgot(/** @type {{ onBack: () => void }} */ { onBack }) {
  return html`
    <p class="lead">${t('forgot.about')}</p>
    <${AskForMail} path="/api/accounts/reset" label=${t('forgot.go')} />
    <p class="aside"><button class="link" type="button" onClick=${onBack}>${t('forgot.back')}</button></p>`
}

function goOn() {
  const back = sessionStorage.getItem('back') ?? '/account'
  sessionStorage.removeItem('back')
  location.replace(back)
}
