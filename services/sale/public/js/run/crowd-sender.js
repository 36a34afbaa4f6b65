import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { useCrowd } from './use-crowd.js'

/** @import { Crowd } from '../../../../control/room/snapshot.ts' */
/** @import { SaleAnswer } from '../../../sale-answer.ts' */
/** @import { Act } from './run-sale.js' */

const COUNTS = [100, 1_000, 10_000]

/** Sends buyers who are none, and says how far they are. */
export function CrowdSender(/** @type {{ sale: SaleAnswer, act: Act }} */ { sale, act }) {
  const crowd = useCrowd()
  const isBusy = crowd !== null && !crowd.isOver
  const send = (/** @type {number} */ count) =>
    act('/api/admin/demo', { action: 'crowd', sale: sale.id, count }, t('crowd.sent', { count: number(count) }))
  return html`
    <div role="group" aria-label=${t('crowd.title')}>
      <h3>${t('crowd.title')}</h3>
      <p class="small">${t('crowd.about')}</p>
      <div class="actions">
        ${COUNTS.map(
          (count) => html`
          <button class="quiet" data-crowd=${count} disabled=${isBusy || sale.state === 'ended'} onClick=${() => send(count)}>${number(count)}</button>`,
        )}
      </div>
      ${crowd !== null && html`<${Progress} crowd=${crowd} />`}
    </div>`
}

function Progress(/** @type {{ crowd: Crowd }} */ { crowd }) {
  const { wanted, joined, refused, admitted, paid, isOver } = crowd
  const counts = { wanted, joined, refused, admitted, paid }
  const said = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, number(count)]))
  return html`
    <div class="crowd-progress" data-over=${isOver}>
      <progress max=${wanted} value=${joined + refused} aria-label=${t('crowd.progress')} />
      <p class="small">${t('crowd.now', said)}</p>
      <p class="small" role="status">${isOver && t('crowd.over')}</p>
    </div>`
}
