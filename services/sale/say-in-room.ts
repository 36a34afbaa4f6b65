import type { OrderKeys } from '../../shared/order-key.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { CustomerSessions } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody } from '../../shared/web/http.ts'
import { readTraceparent } from '../../shared/web/traceparent.ts'
import type { Client } from './db.ts'
import { isHolder } from './entry-door.ts'
import type { ReadEntry } from './read-entries.ts'
import { roomHeaders, roomRequest, type SaidAnswer, saidAnswer } from './room-request.ts'
import type { SaleLimits } from './sale-limits.ts'
import type { Sales } from './sales.ts'
import { sayAll } from './say-all.ts'
import { noSuchTicket } from './show-entry.ts'
import { noSuchSale } from './show-sale.ts'

type Deps = {
  publish: Publish<Client>
  sales: Pick<Sales, 'find'>
  readEntry: ReadEntry
  limits: SaleLimits | null
  keys: OrderKeys
  sessions: Pick<CustomerSessions, 'of'> | null
}

/**
 * `POST /api/sales/:id/room`: whoever has a ticket of the sale says something to all who watch it. Answered when it is on disk;
 * who watches hears it by way of the live service.
 */
export function sayInRoom({ publish, sales, readEntry, limits, keys, sessions }: Deps): Endpoint {
  const say = groupCommit(publish, sayAll)
  return {
    method: 'post',
    path: '/api/sales/:id/room',
    shedAs: 'browsing',
    what: 'Say something in the waiting room of a sale; for whoever has a ticket of it, once in two seconds',
    headers: roomHeaders,
    body: roomRequest,
    answer: { status: 201, what: 'It is on disk.', schema: saidAnswer },
    problems: [403, 404, 409, 429],
    serve: async (req, res) => {
      const { ticket, name, text } = parseBody(roomRequest, req.body)
      const sale = await sales.find(String(req.params.id))
      if (sale === undefined) throw noSuchSale()
      if (!(await isHolder({ keys, sessions, readEntry }, req, ticket))) {
        await limits?.strange(req)
        throw noSuchTicket()
      }
      if ((await readEntry(ticket))?.sale !== sale.id) throw noSuchTicket()
      await limits?.say(req)
      const traceparent = readTraceparent(req.get('traceparent'))
      const spoken = await say({ sale: sale.id, ticket, name, text, traceparent })
      if (spoken.kind === 'over') throw over()
      if (spoken.kind === 'too soon') throw tooSoon()
      res.status(201).json({ said: spoken.said, name, text } satisfies SaidAnswer)
    },
  }
}

function over(): Problem {
  return new Problem(409, 'Conflict', 'This sale is over, and nothing more is said there.')
}

function tooSoon(): Problem {
  const detail = 'You have just said something. Come back in 2 s.'
  return new Problem(429, 'Too many requests', detail).with({ 'Retry-After': '2' })
}
