import { post } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { StandInNote } from './stand-in-note.js'

/**
 * Has a mail sent to an address. What is said then does not tell whether there is an account with it: the shop does not,
 * either.
 * @param {{ path: string, label: string }} props
 */
export function AskForMail({ path, label }) {
  const [sentTo, setSentTo] = useState('')
  const form = useForm(async (data) => {
    await post(path, { email: data.get('email') })
    setSentTo(String(data.get('email')))
  })
  return html`
    <form class="card-form" ...${form.attributes}>
      <${Field} name="email" type="email" label=${t('field.email')} autocomplete="username" maxlength=${254} required
        error=${form.errorOf('email')} />
      <${FormEnd} form=${form} label=${label} />
      <p class="said" role="status">${sentTo && t('mail.asked', { email: sentTo })}</p>
    </form>
    ${sentTo && html`<${StandInNote} of=${['mails']} />`}`
}
