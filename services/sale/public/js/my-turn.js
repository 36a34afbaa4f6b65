import { money, t } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Countdown } from './countdown.js'
import { useOrder } from './use-order.js'

/** @import { Ticket } from './tickets.js' */
/** @import { EntryAnswer } from '../../entry-answer.ts' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */

/** It is somebody's turn: the way to pay, and how long there is for it; or that they have it. */
export function MyTurn(
  /** @type {{ sale: SaleAnswer, ticket: Ticket, entry: EntryAnswer }} */ { sale, ticket, entry },
) {
  const order = useOrder(ticket, entry.state)
  const href = entry.orderUrl ?? `/orders/${ticket.ticket}#${ticket.key}`
  if (entry.state === 'bought')
    return html`
      <div class="turn" data-of="bought" role="status">
        <h2>${t('turn.bought')}</h2>
        <p>${t(sale.kind === 'group' && sale.state !== 'ended' ? 'turn.bought.group' : 'turn.bought.about')}</p>
        <a class="quiet" href=${href}>${order?.number ?? t('turn.order')}</a>
      </div>`
  return html`
    <div class="turn" data-of="admitted">
      <h2 role="status">${t('turn.title')}</h2>
      <p>${t('turn.about')}</p>
      ${order?.payBy && html`<${Countdown} at=${order.payBy} label=${t('turn.left')} over=${t('turn.over')} />`}
      ${
        order === null
          ? html`<p class="empty" role="status">${t('turn.making')}</p>`
          : html`<a class="primary pay-link" href=${href}>${t('turn.pay', { money: money(sale.priceCents, sale.currency) })}</a>`
      }
    </div>`
}
