import { get } from '/assets/js/api.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

/** @import { Ticket } from './tickets.js' */
/** @typedef {{ number: string, state: string, payBy: string | null }} Order */

const AGAIN_MS = 1_000

/**
 * The order of a ticket that was let in, as order tells it: it makes it a moment later, and it alone knows until when it can
 * be paid. `sign` changes when it should be asked again.
 * @param {Ticket} ticket @param {string} sign @returns {Order | null}
 */
export function useOrder({ ticket, key }, sign) {
  const [order, setOrder] = useState(/** @type {Order | null} */ (null))
  useEffect(() => {
    let timer = 0
    const look = () =>
      get(`/api/orders/${ticket}`, { 'order-key': key }).then(setOrder, () => {
        timer = setTimeout(look, AGAIN_MS)
      })
    void look()
    return () => clearTimeout(timer)
  }, [ticket, sign])
  return order
}
