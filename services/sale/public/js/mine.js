import { t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { JoinForm } from './join-form.js'
import { MyTurn } from './my-turn.js'
import { PlaceInLine } from './place-in-line.js'

/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @import { Mine as Own } from './use-entry.js' */

/** What the visitor is told: how to join, where they stand, that it is their turn, or how it ended for them. */
export function Mine(/** @type {{ sale: SaleAnswer, mine: Own }} */ { sale, mine }) {
  return html`<section class="mine" aria-label=${t('mine.title')}>${partOf(sale, mine)}</section>`
}

/** @param {SaleAnswer} sale @param {Own} mine */
function partOf(sale, { ticket, entry, take }) {
  const isOver = sale.state === 'ended'
  if (ticket === null) return isOver ? html`<${Said} of="over" />` : html`<${JoinForm} sale=${sale} take=${take} />`
  if (entry === null) return html`<p class="empty" role="status">${t('mine.asking')}</p>`
  if (entry.state === 'admitted' || entry.state === 'bought')
    return html`<${MyTurn} sale=${sale} ticket=${ticket} entry=${entry} />`
  if (entry.state === 'gone') return html`<${Said} of=${sale.why === 'failed' ? 'called-off' : 'gone'} />`
  if (isOver) return html`<${Said} of=${sale.why === 'soldOut' || sale.why === 'formed' ? 'refused' : 'overdue'} />`
  return html`<${PlaceInLine} sale=${sale} entry=${entry} />`
}

function Said(/** @type {{ of: string }} */ { of }) {
  return html`
    <div class="said-of-mine" data-of=${of} role="status">
      <h2>${t(`mine.${of}`)}</h2>
      <p>${t(`mine.${of}.about`)}</p>
    </div>`
}
