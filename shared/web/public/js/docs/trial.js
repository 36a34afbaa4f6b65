import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'
import { span, t } from '../text.js'
import { ask } from './ask.js'
import { filled, hasHoles, learn } from './known.js'

/** @import { Trial as Told } from '../../../docs/trial-told.ts' */
/** @import { Answer, Filled } from './ask.js' */

/** Asks an endpoint of this shop: what only looks at once, what changes something when that was read and said. */
export function Trial(/** @type {{ id: string, what: string, told: Told }} */ { id, what, told }) {
  const [values, setValues] = useState(() => begun(told))
  const [answer, setAnswer] = useState(/** @type {Answer | 'asking' | null} */ (null))
  const send = async () => {
    setAnswer('asking')
    const said = await ask(told, values)
    if (said.status >= 200 && said.status < 300) learn(told.gives, said.body)
    setAnswer(said)
  }
  const isSafe = told.method === 'get'
  useEffect(() => void (isSafe && !hasHoles(Object.values(values.names).join(' ')) && send()), [])
  const submit = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    send()
  }
  return html`
    <form class="trial" onSubmit=${submit}>
      ${!isSafe && html`<p class="trial-note">${t('docs.happens', { what })}</p>`}
      ${told.opens !== 'anyone' && html`<p class="trial-note">${t(`docs.as.${told.opens}`)} <a href=${DOORS[told.opens]}>${t('docs.signIn')}</a></p>`}
      <${Fields} id=${id} told=${told} values=${values} onChange=${setValues} />
      <button class="primary" type="submit" disabled=${answer === 'asking'}>${t(isSafe ? 'docs.again' : 'docs.send')}</button>
      <div role="status">${answer === 'asking' && html`<p>${t('docs.asking')}</p>`}</div>
      ${answer !== null && answer !== 'asking' && html`<${Said} answer=${answer} />`}
    </form>`
}

const DOORS = { customer: '/account/sign-in', admin: '/control' }

/** @returns {Filled} */
function begun(/** @type {Told} */ { names, query, key, body }) {
  return {
    names: Object.fromEntries(Object.entries(names).map(([name, value]) => [name, filled(value)])),
    query: filled(query ?? ''),
    key: hasHoles(filled(key ?? '')) ? '' : filled(key ?? ''),
    body: filled(body ?? ''),
  }
}

/** @typedef {{ id: string, told: Told, values: Filled, onChange: (values: Filled) => void }} FieldsProps */

function Fields(/** @type {FieldsProps} */ { id, told, values, onChange }) {
  const name = (/** @type {string} */ one, /** @type {string} */ value) =>
    onChange({ ...values, names: { ...values.names, [one]: value } })
  return html`
    ${Object.entries(values.names).map(([one, value]) => html`<${Line} id=${`${id}-try-${one}`} label=${one} value=${value} onInput=${(/** @type {string} */ text) => name(one, text)} />`)}
    ${told.query !== null && html`<${Line} id=${`${id}-try-query`} label=${t('docs.query')} value=${values.query} onInput=${(/** @type {string} */ query) => onChange({ ...values, query })} />`}
    ${told.key !== null && html`<${Line} id=${`${id}-try-key`} label="Order-Key" value=${values.key} onInput=${(/** @type {string} */ key) => onChange({ ...values, key })} />`}
    ${told.body !== null && html`<${Area} id=${`${id}-try-body`} value=${values.body} onInput=${(/** @type {string} */ body) => onChange({ ...values, body })} />`}`
}

/** @typedef {{ id: string, label: string, value: string, onInput: (text: string) => void }} LineProps */

function Line(/** @type {LineProps} */ { id, label, value, onInput }) {
  const hear = (/** @type {InputEvent} */ { currentTarget }) =>
    onInput(/** @type {HTMLInputElement} */ (currentTarget).value)
  return html`<label for=${id}>${label}</label><input id=${id} value=${value} onInput=${hear} autocomplete="off" spellcheck=${false} />`
}

function Area(/** @type {Omit<LineProps, 'label'>} */ { id, value, onInput }) {
  const hear = (/** @type {InputEvent} */ { currentTarget }) =>
    onInput(/** @type {HTMLTextAreaElement} */ (currentTarget).value)
  const rows = Math.min(value.split('\n').length + 1, 20)
  return html`<label for=${id}>${t('docs.body')}</label><textarea id=${id} rows=${rows} value=${value} onInput=${hear} spellcheck=${false}></textarea>`
}

function Said(/** @type {{ answer: Answer }} */ { answer: { status, text, ms } }) {
  if (status === 0) return html`<p class="failure" role="alert">${t('docs.away')}</p>`
  const look = `s${String(status)[0]}`
  return html`<pre class="answer" data-status=${status}><code><b class=${look}>${status}</b> · ${span(ms)}${text === '' ? '' : `\n${text}`}</code></pre>`
}
