import { number, span, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { placeOf, waitOf } from './line.js'

/** @import { EntryAnswer } from '../../entry-answer.ts' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** Where a ticket stands, and what may honestly be said of its wait. */
export function PlaceInLine(/** @type {{ sale: SaleAnswer, entry: EntryAnswer }} */ { sale, entry }) {
  const before = placeOf(entry.position, sale)
  if (before === null) return html`<${BeforeDraw} sale=${sale} entry=${entry} />`
  return html`
    <div class="place">
      <p class="place-head">
        <span>${t('place.before')}</span> <b class="before">${number(before)}</b>
      </p>
      <div>
        <h2>${t('place.title')}</h2>
        <p>${sayWait(before, sale)}</p>
        <p class="small">
          ${t('place.facts', { held: number(sale.held), free: number(sale.free), drain: number(sale.drainPerMinute), number: number(entry.number), joined: number(sale.joined) })}
        </p>
        <p class="small">${t('place.keep')}</p>
      </div>
    </div>`
}

function BeforeDraw(/** @type {{ sale: SaleAnswer, entry: EntryAnswer }} */ { sale, entry }) {
  return html`
    <div class="place">
      <p class="place-head"><span>${t('place.number')}</span> <b>${number(entry.number)}</b></p>
      <div>
        <h2>${t('place.inDraw')}</h2>
        <p>${t('place.inDraw.about', { joined: number(sale.joined), units: number(sale.units) })}</p>
        <p class="small">${t('place.keep')}</p>
      </div>
    </div>`
}

/** @param {number} before @param {SaleAnswer} sale */
function sayWait(before, sale) {
  const wait = waitOf(before, sale)
  if (wait.is !== 'possible') return t(`wait.${wait.is}`, { payWithin: span(sale.payWithinMs) })
  if (wait.paceMs === null) return t('wait.possible', { held: number(sale.held), payWithin: span(sale.payWithinMs) })
  return t('wait.pace', { held: number(sale.held), span: span(wait.paceMs) })
}
