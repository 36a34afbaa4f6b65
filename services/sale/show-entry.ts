import type { OrderKeys } from '../../shared/order-key.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem } from '../../shared/web/http.ts'
import { type EntryAnswer, entryAnswer } from './entry-request.ts'
import type { Entry, ReadEntry } from './read-entries.ts'
import { placeOf, type Sale } from './sale.ts'
import type { Sales } from './sales.ts'

type Deps = { readEntry: ReadEntry; sales: Pick<Sales, 'find'>; keys: OrderKeys }

/** `GET /api/sales/:id/entries/:ticket`: how somebody's entry stands. */
export function showEntry({ readEntry, sales, keys }: Deps): Endpoint {
  return {
    method: 'get',
    path: '/api/sales/:id/entries/:ticket',
    what: 'Show an entry: its place in line, and where it is paid once it is let in',
    isOfOrder: true,
    answer: { status: 200, what: 'The entry', schema: entryAnswer },
    problems: [],
    serve: async (req, res) => {
      const [entry, sale] = await Promise.all([readEntry(String(req.params.ticket)), sales.find(String(req.params.id))])
      if (entry === undefined || sale === undefined || entry.sale !== sale.id) throw noSuchTicket()
      res.json(entryOf(entry, sale, keys))
    },
  }
}

/** Nobody is told that they are refused while a unit may still come back: in a sale that goes on they wait. */
function entryOf({ id: ticket, number, position, state }: Entry, sale: Sale, keys: OrderKeys): EntryAnswer {
  const isIn = state !== 'joined' && state !== 'waiting'
  if (isIn) return { ticket, number, position, place: 0, state, orderUrl: `/orders/${ticket}#${keys.keyOf(ticket)}` }
  const said = sale.endedAt === null ? state : 'refused'
  return { ticket, number, position, place: placeOf(position, sale), state: said, orderUrl: null }
}

export function noSuchTicket(): Problem {
  return new Problem(404, 'Not found', 'There is no such ticket.')
}
