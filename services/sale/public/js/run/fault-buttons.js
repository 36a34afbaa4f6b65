import { t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { Act } from './run-sale.js' */

const VICTIMS = ['sale', 'order', 'inventory'] // whoever has a part in letting somebody in

/** What may go wrong while a sale runs: the deeds of the control room that matter here. */
export function FaultButtons(/** @type {{ act: Act }} */ { act }) {
  const flush = () => act('/api/admin/demo', { action: 'flush' }, t('done.flush'))
  const kill = (/** @type {string} */ name) =>
    act('/api/admin/demo', { action: 'kill', name }, t('done.kill', { name: nameOf(name) }), name === 'sale') // whose door this page came by
  return html`
    <div role="group" aria-label=${t('break.title')}>
      <h3>${t('break.title')}</h3>
      <div class="actions">
        <button class="quiet danger" onClick=${flush}>${t('break.flush')}</button>
        ${VICTIMS.map(
          (name) => html`
          <button class="quiet danger" data-kill=${name} onClick=${() => kill(name)}>${t('break.killNamed', { name: nameOf(name) })}</button>`,
        )}
      </div>
    </div>`
}

const nameOf = (/** @type {string} */ name) => tOr(`service.${name}`, name)
