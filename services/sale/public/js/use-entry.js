import { get, Refusal } from '/assets/js/api.js'
import { useEffect, useRef, useState } from '/assets/vendor/htm-preact.js'
import { dropTicket, keepTicket, ticketOf } from './tickets.js'
import { askInMs, isBehind, signOf } from './when-to-ask.js'

/** @import { EntryAnswer } from '../../entry-answer.ts' */
/** @import { SaleAnswer } from '../../sale-answer.ts' */
/** @import { Ticket } from './tickets.js' */
/** @typedef {{ ticket: Ticket | null, entry: EntryAnswer | null, take: (ticket: Ticket) => void }} Mine */

const AGAIN_MS = 700

/**
 * The ticket of this browser, and how it stands. The sale is asked only when something has happened to it: its turn, its
 * draw, a payment; all else each page computes from what is told to all.
 * @param {SaleAnswer} sale @returns {Mine}
 */
export function useEntry(sale) {
  const [ticket, setTicket] = useState(() => ticketOf(sale.id))
  const [entry, setEntry] = useState(/** @type {EntryAnswer | null} */ (null))
  const sign = signOf(sale, entry)
  const answered = useRef('') // the sign of the last answer
  useEffect(() => {
    if (ticket === null || answered.current === sign) return
    let timer = 0
    const look = async () => {
      try {
        const found = await get(`/api/sales/${sale.id}/entries/${ticket.ticket}`, { 'order-key': ticket.key })
        setEntry(found)
        if (isBehind(found, sale)) timer = setTimeout(look, AGAIN_MS)
        else answered.current = signOf(sale, found)
      } catch (error) {
        if (!(error instanceof Refusal && error.status === 404)) timer = setTimeout(look, AGAIN_MS)
        else {
          dropTicket(sale.id)
          setTicket(null)
          setEntry(null)
        }
      }
    }
    timer = setTimeout(look, entry === null ? 0 : askInMs(sale, entry))
    return () => clearTimeout(timer)
  }, [ticket, sign])
  const take = (/** @type {Ticket} */ taken) => {
    keepTicket(sale.id, taken)
    setTicket(taken)
  }
  return { ticket, entry, take }
}
