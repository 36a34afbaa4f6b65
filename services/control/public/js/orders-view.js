import { t } from '/assets/js/text.js'
import { html, useEffect } from '/assets/vendor/htm-preact.js'
import { orderAsOf } from './as-of.js'
import { OrderList } from './order-list.js'
import { goTo } from './view.js'

const TABLE_MAX = 5_000

/** @import { ViewProps } from './room.js' */

/** `#/orders?state=…`: the newest orders, of one state or of all. @param {ViewProps} props */
export function OrdersView({ known, store, session, params }) {
  const state = session.states.some(({ name }) => name === params.state) ? (params.state ?? null) : null
  useEffect(() => store.want({ state }), [state])
  return html`
    <${OrderList}
      picture=${known.picture} states=${session.states} note=${orderAsOf(known.picture)}
      chosen=${state} choose=${(/** @type {string | null} */ wanted) => goTo('orders', { state: wanted })}
    />
    <p class="small"><a href=${`/api/admin/orders?${tableOf(state)}`} download>${t('part.csv')}</a></p>`
}

/** The query of the same as a table. @param {string | null} state */
const tableOf = (state) =>
  new URLSearchParams({ format: 'csv', limit: `${TABLE_MAX}`, ...(state !== null && { state }) })
