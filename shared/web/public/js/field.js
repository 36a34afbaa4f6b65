import { html } from '/assets/vendor/htm-preact.js'

/**
 * A labelled field; `about` says what belongs into it, `error` why it was refused. The rest are attributes of the input.
 * @param {{ name: string, label: string, about?: string, error?: string | null } & Record<string, unknown>} props
 */
export function Field({ name, label, about, error = null, ...input }) {
  const notes = [about && `${name}-about`, error && `${name}-error`].filter(Boolean).join(' ')
  return html`
    <div class="field">
      <label for=${name}><span>${label}</span></label>
      <input id=${name} name=${name} aria-invalid=${error !== null} aria-describedby=${notes || null} ...${input} />
      ${about && html`<small id=${`${name}-about`}>${about}</small>`}
      ${error && html`<p class="failure" id=${`${name}-error`}>${error}</p>`}
    </div>`
}

/** A new password; both browsers and password managers know what it is. */
export const PASSWORD = { type: 'password', minlength: 8, maxlength: 200, required: true }
