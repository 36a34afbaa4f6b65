import { post, Refusal } from '/assets/js/api.js'
import { takeToken } from '/assets/js/take-token.js'
import { t, tOr } from '/assets/js/text.js'
import { useFocusAfter } from '/assets/js/use-focus.js'
import { html, useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { AlertAnswer } from '../../alerts/alert-answer.ts' */
/** @typedef {AlertAnswer['state'] | 'toConfirm' | 'looking' | 'away' | 'refused'} View */

/** Where the links in mails about alerts lead: it only looks; to confirm and to stop there are buttons. */
export function AlertsPage() {
  const [code] = useState(codeHere)
  const [view, setView] = useState(/** @type {View} */ (code === '' ? 'refused' : 'looking'))
  const [alert, setAlert] = useState(/** @type {AlertAnswer | null} */ (null))
  const title = useFocusAfter(view)
  const ask = async (/** @type {'look' | 'confirm' | 'stop'} */ what) => {
    try {
      const found = await post(`/api/alerts/${what}`, { code })
      setAlert(found)
      setView(what === 'stop' ? 'stopped' : viewOf(found))
    } catch (error) {
      if (error instanceof Refusal && error.status === 409) return void ask('look') // somebody has pressed twice
      setView(error instanceof Refusal && error.status === 404 ? 'refused' : 'away')
    }
  }
  useEffect(() => {
    if (code !== '') void ask('look')
  }, [])
  const name = alert === null ? '' : tOr(`product.${alert.sku}`, alert.name)
  const button = (/** @type {'look' | 'confirm' | 'stop'} */ what, /** @type {string} */ look) =>
    html`<button class=${look} onClick=${() => ask(what)}>${t(`alerts.${view}.${what}`)}</button>`
  return html`
    <section class="narrow">
      <div role="status">
        <h1 tabindex="-1" ref=${title}>${t(`alerts.${view}`)}</h1>
        <p class="lead">${name !== '' && t(`alerts.for.${alert?.kind}`, { name })}</p>
        <p class="lead">${view !== 'looking' && t(`alerts.${view}.about`)}</p>
      </div>
      <p class="actions">
        ${view === 'toConfirm' && button('confirm', 'primary')}
        ${view === 'away' && button('look', 'primary')}
        ${STOPPABLE.includes(view) && button('stop', 'quiet')}
      </p>
      <p><a href="/">${t('alerts.shop')}</a></p>
    </section>`
}

/** @type {View[]} */
const STOPPABLE = ['toConfirm', 'asked', 'confirmed', 'told']

/** @param {AlertAnswer} alert @returns {View} */
const viewOf = ({ state, isToConfirm }) => (isToConfirm ? 'toConfirm' : state)

/** Behind the `#`; or in the path, where a mail program finds what it calls to stop mails. */
const codeHere = () => takeToken() || (/^\/alerts\/stop\/([^/]+)/.exec(location.pathname)?.[1] ?? '')
