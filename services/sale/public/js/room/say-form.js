import { post } from '/assets/js/api.js'
import { Field } from '/assets/js/field.js'
import { FormEnd } from '/assets/js/form-end.js'
import { t } from '/assets/js/text.js'
import { useForm } from '/assets/js/use-form.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Ticket } from '../tickets.js' */

const KEY = 'talk:name'
const TEXT_MAX = 280

/** Says something to all who are in the room, under whatever name. */
export function SayForm(/** @type {{ sale: string, ticket: Ticket }} */ { sale, ticket: { ticket, key } }) {
  const form = useForm(async (data, element) => {
    const name = String(data.get('talkName')).trim()
    const said = { ticket, name, text: String(data.get('talkText')).trim() }
    await post(`/api/sales/${sale}/room`, said, { 'order-key': key })
    sessionStorage.setItem(KEY, name)
    const text = /** @type {HTMLInputElement} */ (element.elements.namedItem('talkText'))
    text.value = ''
    text.focus()
  })
  return html`
    <form class="say" ...${form.attributes}>
      <${Field} name="talkName" label=${t('talk.name')} maxlength=${100} required autocomplete="nickname"
        defaultValue=${sessionStorage.getItem(KEY) ?? ''} error=${form.errorOf('name')} />
      <${Field} name="talkText" label=${t('talk.text')} maxlength=${TEXT_MAX} required autocomplete="off"
        error=${form.errorOf('text')} />
      <${FormEnd} form=${form} label=${t('talk.go')} look="quiet" />
    </form>`
}
