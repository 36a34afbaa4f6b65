import { number, t } from '/assets/js/text.js'
import { html, useState } from '/assets/vendor/htm-preact.js'
import { nameOf } from './say-standing.js'

/** @import { Act } from './break-panel.js' */

/** What may be done to Redis, and to the list of one service. */
export function ListBreaker(/** @type {{ services: readonly string[], act: Act }} */ { services, act }) {
  const [name, choose] = useState(services[1] ?? services[0])
  const resent = (/** @type {number} */ count) =>
    count > 0 ? t('done.resend', { count: number(count) }) : t('done.resend.none')
  const garbage = (/** @type {number} */ count) => t('done.garbage', { count: number(count) })
  const chosen = (/** @type {{ currentTarget: HTMLSelectElement }} */ { currentTarget }) => choose(currentTarget.value)
  return html`
    <div class="actions">
      <button class="quiet danger" onClick=${() => act({ action: 'flush' }, () => t('done.flush'))}>
        ${t('break.flush')}
      </button>
      <label class="list">
        <span class="small">${t('break.list')}</span>
        <select aria-label=${t('break.list')} value=${name} onChange=${chosen}>
          ${services.map((one) => html`<option value=${one}>${nameOf(one)}</option>`)}
        </select>
      </label>
      <button class="quiet" onClick=${() => act({ action: 'resend', name }, resent)}>${t('break.resend')}</button>
      <button class="quiet" onClick=${() => act({ action: 'garbage', name }, garbage)}>${t('break.garbage')}</button>
    </div>`
}
