import { html } from '/assets/vendor/htm-preact.js'

/**
 * A labelled field; `about` says what belongs into it, `error` why it was refused. The rest are attributes of the input; `id`
 * is needed where a page has two of one name.
 * @param {{ name: string, label: string, id?: string, about?: string, error?: string | null } & Record<string, unknown>} props
 */
export function Field({ name, label, id = name, about, error = null, ...input }) {
  const notes = [about && `${id}-about`, error && `${id}-error`].filter(Boolean).join(' ')
  return html`
    <div class="field">
      <label for=${id}><span>${label}</span></label>
      <input id=${id} name=${name} aria-invalid=${error !== null} aria-describedby=${notes || null} ...${input} />
      ${about && html`<small id=${`${id}-about`}>${about}</small>`}
      ${error && html`<p class="failure" id=${`${id}-error`}>${error}</p>`}
    </div>`
}

/** A new password; both browsers and password managers know what it is. */
export const PASSWORD = { type: 'password', minlength: 8, maxlength: 200, required: true }
