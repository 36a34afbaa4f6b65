import { Refusal } from '/assets/js/api.js'
import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'

/** @import { DeadLetter as Letter } from '../../queues/dead-letter.ts' */
/** @import { Deal } from './dead-letter-list.js' */

const REASON_MAX = 500

/** The message as JSON, to be changed and sent in place of the old one. @param {{ letter: Letter, text: string, deal: Deal }} props */
export function EditForm({ letter, text, deal }) {
  const { faults, onSubmit } = useDeal((form) => {
    const body = { body: String(form.get('body')), reason: String(form.get('reason')) }
    return deal(`${pathTo(letter)}/retry`, body, () => t('letters.edited'))
  })
  const id = `edit-${letter.id}`
  return html`
    <form class="letter-form" onSubmit=${onSubmit}>
      <label for=${id}>${t('letters.editBody')}</label>
      <textarea id=${id} name="body" rows="14" spellcheck=${false} defaultValue=${text} aria-describedby=${`${id}-faults`}
        aria-invalid=${faults.some(({ field }) => field.startsWith('body'))}></textarea>
      <${Faults} id=${`${id}-faults`} faults=${faults} />
      <${Reason} id=${`${id}-reason`} />
      <button class="primary" type="submit">${t('letters.send')}</button>
      <p class="small">${t('letters.editAbout')}</p>
    </form>`
}

/** Why it is put away. @param {{ letter: Letter, deal: Deal }} props */
export function DiscardForm({ letter, deal }) {
  const { faults, onSubmit } = useDeal((form) =>
    deal(`${pathTo(letter)}/discard`, { reason: String(form.get('reason')) }, () => t('letters.discarded')),
  )
  const id = `discard-${letter.id}`
  return html`
    <form class="letter-form" onSubmit=${onSubmit}>
      <${Reason} id=${`${id}-reason`} />
      <${Faults} id=${`${id}-faults`} faults=${faults} />
      <button class="primary danger-fill" type="submit">${t('letters.discardNow')}</button>
      <p class="small">${t('letters.discardAbout')}</p>
    </form>`
}

const pathTo = (/** @type {Letter} */ { service, id }) => `${service}/${encodeURIComponent(id)}`

function Reason(/** @type {{ id: string }} */ { id }) {
  return html`
    <label for=${id}>${t('letters.reason')}</label>
    <input id=${id} name="reason" required maxlength=${REASON_MAX} />`
}

/** @param {{ id: string, faults: { field: string, message: string }[] }} props */
function Faults({ id, faults }) {
  return html`
    <ul class="failure" id=${id} role="alert" hidden=${faults.length === 0}>
      ${faults.map(({ field, message }) => html`<li>${field && html`<code>${field}</code> `}${message}</li>`)}
    </ul>`
}

/**
 * A form that is sent once at a time, and says which fields were refused.
 * @param {(form: FormData) => Promise<void>} send
 */
function useDeal(send) {
  const [faults, setFaults] = useState(/** @type {{ field: string, message: string }[]} */ ([]))
  const [isBusy, setBusy] = useState(false)
  const onSubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    if (isBusy) return
    setBusy(true)
    setFaults(await send(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget))).then(() => [], faultsOf))
    setBusy(false)
  }
  return { faults, onSubmit }
}

/** @param {unknown} error */
function faultsOf(error) {
  if (error instanceof Refusal && error.errors.length > 0) return error.errors
  return [{ field: '', message: error instanceof Error ? error.message : String(error) }]
}
