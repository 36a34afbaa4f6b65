import { clock, money, number, t, tOr } from '/assets/js/text.js'
import { html } from '/assets/vendor/htm-preact.js'
import { Held } from './held.js'
import { Panel } from './panel.js'

/** @import { ListedOrder } from '../../room/snapshot.ts' */
/** @import { OrderState } from '../../session-answer.ts' */
/** @import { Picture } from './merge-picture.js' */

/**
 * Orders by state, and the newest of the state that is chosen.
 * @param {{ picture: Picture | null, states: OrderState[], note: string, chosen: string | null, choose: (state: string | null) => void }} props
 */
export function OrderList({ picture, states, note, chosen, choose }) {
  const counts = picture?.orders ?? null
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  const looks = new Map(states.map(({ name, look }) => [name, look]))
  const tab = (/** @type {string | null} */ state, /** @type {number | null | undefined} */ count) => html`
    <button class="tab" aria-pressed=${state === chosen} data-state=${state} onClick=${() => choose(state)}>
      ${t(state === null ? 'orders.all' : `state.${state}`)} <b>${count == null ? '–' : number(count)}</b>
    </button>`
  const rows = (/** @type {ListedOrder[] | undefined} */ orders = []) => html`
    <table class="rows">
      <tbody>${orders.map((order) => html`<${OrderRow} key=${order.id} order=${order} look=${looks.get(order.state)} />`)}</tbody>
    </table>
    <p class="empty" hidden=${orders.length > 0}>${emptyWords(counts !== null, chosen)}</p>`
  return html`
    <${Panel} name="orders" title=${t('orders.title')}>
      <p class="small as-of" hidden=${note === ''}>${note}</p>
      <div class="tabs" role="group" aria-label=${t('orders.title')}>
        ${tab(null, all)}
        ${states.map(({ name }) => tab(name, counts?.[name]))}
      </div>
      <${Held} value=${picture?.newest} isForced=${picture?.isFirst} draw=${rows} />
    <//>`
}

function emptyWords(/** @type {boolean} */ isKnown, /** @type {string | null} */ chosen) {
  if (!isKnown) return t('room.loading')
  return t(chosen === null ? 'orders.none' : 'orders.noneOf')
}

function OrderRow(/** @type {{ order: ListedOrder, look: OrderState['look'] | undefined }} */ { order, look }) {
  const { id, number: name, state, customerName, totalCents, currency, refundedCents, placedAt } = order
  const isRefundedInPart = refundedCents > 0 && refundedCents < totalCents
  return html`
    <tr>
      <th scope="row"><a href=${`/orders/${id}#admin`}>${name}</a></th>
      <td><span class="chip" data-look=${look}>${tOr(`state.${state}`, state)}</span></td>
      <td class="who" title=${customerName}>${customerName}</td>
      <td class="sum">
        ${money(totalCents, currency)}
        ${isRefundedInPart && html`<small>${t('orders.refunded', { sum: money(refundedCents, currency) })}</small>`}
      </td>
      <td class="when">${clock(placedAt)}</td>
    </tr>`
}
