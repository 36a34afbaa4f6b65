import { dateAndClock, money, number, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { missingIn } from './line.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** How many a group still lacks, and what happens when it does not come together. */
export function GroupNote(/** @type {{ sale: SaleAnswer }} */ { sale }) {
  const missing = missingIn(sale)
  if (sale.state === 'ended')
    return html`<p class="group-note">${t(sale.why === 'formed' ? 'group.formed' : 'group.failed')}</p>`
  return html`
    <p class="group-note">
      <b class="missing">${t('group.missing', { count: number(missing), units: number(sale.units) })}</b>
      ${' '}${t('group.about', { at: dateAndClock(sale.endsAt), price: money(sale.priceCents, sale.currency) })}
    </p>`
}
