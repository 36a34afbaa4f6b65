import { t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { Acts } from './use-acts.js' */

/** What may be done to Redis, and to the list of one service. */
export function ListBreaker(/** @type {{ services: readonly string[], acts: Acts }} */ { services, acts }) {
  const [name, choose] = useState(services[1] ?? services[0] ?? '')
  const chosen = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) => choose(currentTarget.value)
  return html`
    <div class="actions">
      <button class="quiet danger" onClick=${acts.flush}>
        ${t('break.flush')}
      </button>
      <label class="list">
        <span class="small">${t('break.list')}</span>
        <select aria-label=${t('break.list')} value=${name} onChange=${chosen}>
          ${services.map((one) => html`<option value=${one}>${nameOf(one)}</option>`)}
        </select>
      </label>
      <button class="quiet" onClick=${() => acts.resend(name)}>${t('break.resend')}</button>
      <button class="quiet" onClick=${() => acts.garbage(name)}>${t('break.garbage')}</button>
      <button class="quiet" onClick=${() => acts.poison()}>${t('break.poison')}</button>
    </div>`
}
