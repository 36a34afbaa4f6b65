import { get } from '/assets/js/api.js'
import { span, t } from '/assets/js/text.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { SignedUp } from './sign-up-page.js' */
/**
 * What becomes of a registration, and when each part of it was seen to be done: ms after the answer.
 * @typedef {{ mail: string, sms: string | null }} Told
 * @typedef {{ told: Told | null, mailMs: number | null, smsMs: number | null }} Watched
 */

const EAGER_MS = 100 // between two looks while the first seconds last: so exact is what the lights say
const EAGER_FOR_MS = 10_000
const CALM_MS = 1_500

/** Three lights: saved, mail, SMS. Each is lit when it is true; none waits for another. */
export function Lights(/** @type {{ done: SignedUp }} */ { done }) {
  const { told, mailMs, smsMs } = useWatch(done)
  const savedMs = done.answeredAt - done.askedAt
  return html`
    <div role="status"><ul class="lights">
      <${Light} name="saved" state="done" words=${t('lights.saved.after', { span: span(savedMs) })} />
      <${Light} name="mail" ...${stateOf('mail', told?.mail, mailMs)} />
      ${told?.sms !== null && html`<${Light} name="sms" ...${stateOf('sms', told?.sms, smsMs)} />`}
    </ul></div>`
}

/** @param {'mail' | 'sms'} name @param {string | undefined} state @param {number | null} ms */
function stateOf(name, state, ms) {
  if (state === undefined || state === 'waiting' || ms === null) return { state: 'waiting', words: t('lights.waiting') }
  return { state: state === 'sent' ? 'done' : state, words: t(`lights.${name}.${state}`, { span: span(ms) }) }
}

function Light(/** @type {{ name: string, state: string, words: string }} */ { name, state, words }) {
  return html`
    <li data-light=${name} data-state=${state}>
      <span class="bulb" aria-hidden="true"></span>
      <b>${t(`lights.${name}`)}</b>
      <span class="small">${words}</span>
    </li>`
}

/** Looks again and again until all is done. @param {SignedUp} done @returns {Watched} */
function useWatch({ watch, answeredAt }) {
  const [watched, setWatched] = useState(/** @type {Watched} */ ({ told: null, mailMs: null, smsMs: null }))
  useEffect(() => {
    let timer = 0
    const look = async () => {
      const told = await get(watch).catch(() => null)
      const ms = performance.now() - answeredAt
      if (told !== null) setWatched((before) => noted(before, told, ms))
      if (told === null || isOpen(told)) timer = setTimeout(look, ms < EAGER_FOR_MS ? EAGER_MS : CALM_MS)
    }
    void look()
    return () => clearTimeout(timer)
  }, [watch])
  return watched
}

/** @param {Watched} before @param {Told} told @param {number} ms @returns {Watched} */
function noted({ mailMs, smsMs }, told, ms) {
  return {
    told,
    mailMs: mailMs ?? (told.mail === 'waiting' ? null : ms),
    smsMs: smsMs ?? (told.sms === null || told.sms === 'waiting' ? null : ms),
  }
}

const isOpen = (/** @type {Told} */ { mail, sms }) => mail === 'waiting' || sms === 'waiting'
