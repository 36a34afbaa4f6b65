import { number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

const PARTS = /** @type {const} */ (['bought', 'held', 'free'])

/** Where the units of a sale are, as a bar and in exact numbers. */
export function UnitsBar(/** @type {{ sale: SaleAnswer }} */ { sale }) {
  const { units, spared } = sale
  const counts = [...PARTS.map((part) => ({ part, count: sale[part] })), { part: 'spared', count: restOf(sale) }]
  const shares = counts
    .filter(({ count }) => count > 0)
    .map(({ part, count }) => html`<i key=${part} data-part=${part} style=${{ flexGrow: count }} />`)
  return html`
    <div class="units">
      <div class="units-bar" aria-hidden="true">${shares}</div>
      <dl>
        ${PARTS.map((part) => html`<${Part} part=${part} count=${sale[part]} />`)}
        ${spared > 0 && html`<${Part} part="spared" count=${spared} />`}
        <div class="units-all"><dt>${t('units.all')}</dt><dd>${number(units)}</dd></div>
      </dl>
    </div>`
}

/** What nobody has, and nobody can have any more. */
const restOf = (/** @type {SaleAnswer} */ { units, bought, held, free }) => units - bought - held - free

function Part(/** @type {{ part: string, count: number }} */ { part, count }) {
  return html`<div data-part=${part}><dt>${t(`units.${part}`)}</dt><dd>${number(count)}</dd></div>`
}
