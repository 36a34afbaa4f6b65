import { html } from '/assets/vendor/htm-preact.js'

/** @import { Form } from './use-form.js' */

/**
 * What a form ends with: its button, which keeps the focus while it is busy, and why it was refused.
 * @param {{ form: Form, label: string, look?: string, children?: unknown }} props
 */
export function FormEnd({ form: { isBusy, failure }, label, look = 'primary', children }) {
  return html`
    <div class="form-end">
      <button class=${look} type="submit" aria-disabled=${isBusy ? 'true' : null}>${label}</button>
      ${children}
    </div>
    <p class="failure" role="alert" hidden=${failure === null}>${failure}</p>`
}
