import { get } from '/assets/js/api.js'
import { useAgain } from '/assets/js/use-again.js'
import { useState } from '/assets/vendor/htm-preact.js'

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
  useAgain(
    async (isOld) => {
      /** @type {Order | null} */ const found = await get(`/api/orders/${ticket}`, { 'order-key': key }).catch(
        () => null,
      )
      if (found !== null && !isOld()) setOrder(found)
      return found === null ? AGAIN_MS : null
    },
    [ticket, sign],
  )
  return order
}
