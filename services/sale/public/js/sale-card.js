import { money, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Countdown } from './countdown.js'
import { Picture } from './picture.js'
import { productOf, stateOf } from './say-sale.js'
import { UnitsBar } from './units-bar.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** A sale in the list. */
export function SaleCard(/** @type {{ sale: SaleAnswer }} */ { sale }) {
  const { id, kind, state, opensAt, endsAt, priceCents, currency } = sale
  return html`
    <li class="sale-card" data-sale=${id} data-state=${state}>
      <${Picture} sku=${sale.sku} />
      <div class="sale-words">
        <p class="eyebrow">${t(`sale.kind.${kind}`)}</p>
        <h2><a href=${`/sale/${id}`}>${productOf(sale)}</a></h2>
        <p class="sale-price"><b class="price">${money(priceCents, currency)}</b> <${StateMark} sale=${sale} /></p>
        ${state === 'announced' && html`<${Countdown} at=${opensAt} label=${t('sale.opensIn')} over=${t('sale.opening')} />`}
        ${(state === 'open' || state === 'drawing') && html`<${Countdown} at=${endsAt} label=${t('sale.endsIn')} over=${t('sale.ending')} />`}
        <${UnitsBar} sale=${sale} />
      </div>
    </li>`
}

/** How a sale stands, in one word or two. */
export function StateMark(/** @type {{ sale: SaleAnswer }} */ { sale }) {
  return html`<strong class="sale-state" data-state=${sale.state} data-why=${sale.why}>${t(stateOf(sale))}</strong>`
}
