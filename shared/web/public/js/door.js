import { html, useState } from '/assets/vendor/htm-preact.js'
import { isRefusedEntry, post } from './api.js'
import { t } from './text.js'

/** Takes the admin token. `onOpen` is called when it was the right one. */
export function Door(/** @type {{ onOpen: () => void }} */ { onOpen }) {
  const [failure, setFailure] = useState(isTurnedAway() ? 'room.refused' : null)
  const enter = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault()
    const form = /** @type {HTMLFormElement} */ (event.currentTarget)
    const failed = await post('/control', { token: new FormData(form).get('token') }).then(() => null, whyNot)
    setFailure(failed)
    if (failed !== null) return
    if (isTurnedAway()) history.replaceState(null, '', location.pathname + location.hash)
    onOpen()
  }
  return html`
    <form class="door" onSubmit=${enter}>
      <label class="field">
        <span>${t('room.token')}</span>
        <input name="token" type="password" required autocomplete="off" />
      </label>
      <button class="primary" type="submit">${t('room.enter')}</button>
      <p class="failure" role="alert" hidden=${failure === null}>${failure && t(failure)}</p>
    </form>`
}

/** Whoever comes with a wrong token in the address is sent to `?refused`. */
const isTurnedAway = () => location.search === '?refused'

const whyNot = (/** @type {unknown} */ error) => (isRefusedEntry(error) ? 'room.refused' : 'room.gone')
