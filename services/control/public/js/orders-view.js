import { html, useEffect } from '/assets/vendor/htm-preact.js'
import { orderAsOf } from './as-of.js'
import { OrderList } from './order-list.js'
import { goTo } from './view.js'

/** @import { ViewProps } from './room.js' */

/** `#/orders?state=…`: the newest orders, of one state or of all. @param {ViewProps} props */
export function OrdersView({ known, store, session, params }) {
  const state = session.states.some(({ name }) => name === params.state) ? (params.state ?? null) : null
  useEffect(() => store.want({ state }), [state])
  return html`
    <${OrderList}
      picture=${known.picture} states=${session.states} note=${orderAsOf(known.picture)}
      chosen=${state} choose=${(/** @type {string | null} */ wanted) => goTo('orders', { state: wanted })}
    />`
}
