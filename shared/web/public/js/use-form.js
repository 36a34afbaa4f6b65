import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { Refusal } from './api.js'
import { t } from './text.js'

/**
 * How the sending of a form stands: `failure` is what is said of it, `errors` what is wrong with which field.
 * @typedef {{ isBusy: boolean, failure: string | null, errors: { field: string, message: string }[] }} Standing
 * @typedef {{ isBusy: boolean, failure: string | null, errorOf: (field: string) => string | null, attributes: object }} Form
 */

/** @type {Standing} */
const AT_REST = { isBusy: false, failure: null, errors: [] }

/**
 * A form that is sent by `send`, once at a time. What was refused stands at its field, and the first of these is gone to.
 * @param {(data: FormData, form: HTMLFormElement) => Promise<unknown>} send
 * @returns {Form}
 */
export function useForm(send) {
  const [standing, setStanding] = useState(AT_REST)
  const ref = useRef(/** @type {HTMLFormElement | null} */ (null))
  useEffect(
    () => ref.current?.querySelector(/** @type {'input'} */ ('[aria-invalid=true]'))?.focus(),
    [standing.errors],
  )
  const onSubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    const form = /** @type {HTMLFormElement} */ (event.currentTarget)
    if (standing.isBusy) return
    setStanding({ ...AT_REST, isBusy: true })
    setStanding(await send(new FormData(form), form).then(() => AT_REST, refusedBy))
  }
  return {
    ...standing,
    errorOf: (field) => standing.errors.find((error) => error.field === field)?.message ?? null,
    attributes: { ref, onSubmit },
  }
}

/** @param {unknown} error @returns {Standing} */
function refusedBy(error) {
  if (!(error instanceof Refusal)) return { ...AT_REST, failure: String(error) }
  const { errors } = error
  if (errors.length > 0) return { ...AT_REST, failure: t('form.mend'), errors }
  return { ...AT_REST, failure: sayRefusal(error) }
}

/** A refusal in words: those of the server, unless it did not answer. */
export function sayRefusal(/** @type {Refusal} */ { status, message }) {
  if (status === 0) return t('form.away')
  return message
}
