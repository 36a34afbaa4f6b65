import { post } from '/assets/js/api.js'
import { h } from '/assets/js/dom.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { whoIsHere } from '/assets/js/signed-in.js'
import { language, t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, render, useEffect, useState } from '/assets/vendor/htm-preact.js'

/**
 * What somebody wants to be told of a product: that there is some again, or that it costs less.
 * @typedef {'back' | 'cheaper'} Kind
 * @typedef {{ sku: string, name: string, kind: Kind }} Wish
 * @typedef {(wish: Wish) => void} AskForAlert
 */

/** The dialog in which somebody leaves an address, to be told of a product once. */
export function createAlertDialog() {
  const element = /** @type {HTMLDialogElement} */ (
    h('dialog', { class: 'alert-dialog', 'aria-labelledby': 'alert-title' })
  )
  const close = () => element.close()
  let count = 0
  element.addEventListener('click', ({ target }) => void (target === element && close())) // beside it
  return {
    element,
    open: (/** @type {Wish} */ wish) => {
      render(html`<${AlertForm} key=${++count} wish=${wish} close=${close} />`, element)
      element.showModal()
    },
  }
}

function AlertForm(/** @type {{ wish: Wish, close: () => void }} */ { wish: { sku, name, kind }, close }) {
  const [sentTo, setSentTo] = useState('')
  const known = useAddress()
  const form = useForm(async (data) => {
    const email = String(data.get('email'))
    await post('/api/alerts', { email, sku, kind, language })
    setSentTo(email)
  })
  if (sentTo !== '')
    return html`
      <div class="alert-form" role="status">
        <h2 id="alert-title">${t('alert.asked')}</h2>
        <p>${t('alert.asked.about', { email: sentTo })}</p>
        <button class="primary" type="button" autofocus onClick=${close}>${t('alert.close')}</button>
      </div>`
  return html`
    <form class="alert-form" ...${form.attributes}>
      <h2 id="alert-title">${t(`alert.${kind}.title`, { name })}</h2>
      <p class="small">${t('alert.about')}</p>
      <${Field} name="email" type="email" label=${t('field.email')} autocomplete="email" maxlength=${254} required
        autofocus defaultValue=${known} error=${form.errorOf('email')} />
      <${FormEnd} form=${form} label=${t('alert.go')}>
        <button class="quiet" type="button" onClick=${close}>${t('alert.close')}</button>
      <//>
    </form>`
}

/** Who is signed in does not say again where they are to be found. */
function useAddress() {
  const [email, setEmail] = useState('')
  useEffect(
    () =>
      void whoIsHere().then(
        (account) => setEmail(account?.email ?? ''),
        () => {},
      ),
    [],
  )
  return email
}
