import { money, t } from '/assets/js/text.js'
import { html, useEffect } from '/assets/vendor/htm-preact.js'
import { Countdown } from './countdown.js'
import { DrawCheck } from './draw-check.js'
import { GroupNote } from './group-note.js'
import { Mine } from './mine.js'
import { Picture } from './picture.js'
import { Room } from './room/room.js'
import { RunSale } from './run/run-sale.js'
import { StateMark } from './sale-card.js'
import { productOf, stateOf } from './say-sale.js'
import { UnitsBar } from './units-bar.js'
import { useEntry } from './use-entry.js'
import { useSale } from './use-sale.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** One sale, live: what is left of it, and the place in line of whoever looks. */
export function SalePage(/** @type {{ id: string }} */ { id }) {
  const { link, sale } = useSale(id)
  useEffect(() => {
    if (sale !== null) document.title = `${productOf(sale)} · ${t('sales.title')} · Orderline`
  }, [sale?.id])
  if (link === 'none') return html`<${Nothing} />`
  if (sale === null)
    return html`<p class="placeholder" role="status">${t(link === 'away' ? 'sale.away' : 'sale.loading')}</p>`
  return html`<${Sale} sale=${sale} isAway=${link === 'away'} />`
}

function Sale(/** @type {{ sale: SaleAnswer, isAway: boolean }} */ { sale, isAway }) {
  const mine = useEntry(sale)
  const { kind, state, opensAt, drawsAt, endsAt, priceCents, currency } = sale
  return html`
    <article class="sale-page" data-state=${state}>
      <p class="notice" role="status" hidden=${!isAway}>${t('sale.away')}</p>
      <header class="sale-head">
        <${Picture} sku=${sale.sku} />
        <div class="sale-words">
          <p class="eyebrow"><a href="/sale">${t('sale.toList')}</a> · ${t(`sale.kind.${kind}`)}</p>
          <h1>${productOf(sale)}</h1>
          <p class="sale-price"><b class="price">${money(priceCents, currency)}</b> <${StateMark} sale=${sale} /></p>
          <p class="unseen" role="status">${t(stateOf(sale))}</p>
          ${state === 'announced' && html`<${Countdown} at=${opensAt} label=${t('sale.opensIn')} over=${t('sale.opening')} />`}
          ${drawsAt !== null && sale.seed === null && state === 'open' && html`<${Countdown} at=${drawsAt} label=${t('sale.drawsIn')} over=${t('sale.drawing')} />`}
          ${(state === 'open' || state === 'drawing') && html`<${Countdown} at=${endsAt} label=${t('sale.endsIn')} over=${t('sale.ending')} />`}
          <${UnitsBar} sale=${sale} />
          ${kind === 'group' && html`<${GroupNote} sale=${sale} />`}
        </div>
      </header>
      <${Mine} sale=${sale} mine=${mine} />
      <${Room} sale=${sale} ticket=${mine.ticket} />
      <${DrawCheck} sale=${sale} ticket=${mine.ticket} />
      <${RunSale} sale=${sale} />
    </article>`
}

function Nothing() {
  return html`
    <div class="nothing">
      <h1>${t('sale.unknown')}</h1>
      <p><a class="primary" href="/sale">${t('sale.toList')}</a></p>
    </div>`
}
