import { hash } from 'node:crypto'
import { mailboxOf } from '../../shared/email-address.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import { groupCommit, groupRead } from '../../shared/protocol/group-commit.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { CustomerSessions } from '../../shared/web/customer-session.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody, type Request, type Response } from '../../shared/web/http.ts'
import { languageOf } from '../../shared/web/language.ts'
import { readTraceparent } from '../../shared/web/traceparent.ts'
import type { Client } from './db.ts'
import { type Entered, enterLine, findEntries, type Wanted } from './enter-line.ts'
import { type EntryRequest, entryRequest, nameIn, type TicketAnswer, ticketAnswer } from './entry-request.ts'
import { placeOf, type Sale, shutBy } from './sale.ts'
import type { SaleLimits } from './sale-limits.ts'
import type { Sales } from './sales.ts'
import { noSuchSale } from './show-sale.ts'
import { shut } from './shut.ts'

type Deps = {
  publish: Publish<Client>
  read: Client
  sales: Pick<Sales, 'find' | 'refresh'>
  limits: SaleLimits | null
  keys: OrderKeys
  sessions: Pick<CustomerSessions, 'of'> | null
}

/**
 * `POST /api/sales/:id/entries`. Answered when the entry is on disk, in one transaction with all that arrived meanwhile.
 * Waits for nothing else, and before that it reads nothing from the database. Who comes when nobody can join is told why;
 * whoever has joined before has the same ticket at any time.
 */
export function joinSale({ publish, read, sales, limits, keys, sessions }: Deps): Endpoint {
  const enter = groupCommit(publish, enterLine, 'beside')
  const find = groupRead(read, findEntries)
  return {
    method: 'post',
    path: '/api/sales/:id/entries',
    what: 'Join a sale; one entry for each mailbox',
    body: entryRequest,
    answer: { status: 202, what: 'The entry is on disk.', schema: ticketAnswer, headers: { Location: 'Where it is' } },
    problems: [403, 404, 409, 429],
    serve: async (req, res) => {
      const request = parseBody(entryRequest, req.body)
      const sale = await sales.find(String(req.params.id))
      if (sale === undefined) throw noSuchSale()
      if (limits !== null) await limits.join(req)
      const wanted = wantedBy(req, request, sale.id, sessions?.of(req)?.account)
      const entered = shutBy(sale, Date.now()) === null ? await enter(wanted) : await find(wanted)
      if (entered.kind === 'taken') throw taken()
      if (entered.kind === 'shut') throw await whyShut(sale, sales)
      answer(res, sale, entered, keys)
    },
  }
}

function wantedBy(req: Request, request: EntryRequest, sale: string, account: string | undefined): Wanted {
  const { buyer, email, name = nameIn(email), language = languageOf(req) } = request
  const who = { buyer: hash('sha256', buyer, 'base64url'), mailbox: mailboxOf(email), name, email }
  const traceparent = readTraceparent(req.get('traceparent'))
  return { id: newId(), sale, ...who, account: account ?? null, language, traceparent }
}

function taken(): Problem {
  return new Problem(409, 'Conflict', 'Somebody has joined this sale with this e-mail already.')
}

/** What is in memory may be a moment old. */
async function whyShut(known: Sale, sales: Deps['sales']): Promise<Problem> {
  const now = Date.now()
  if (shutBy(known, now) !== null) return shut(known, now)
  await sales.refresh()
  return shut((await sales.find(known.id)) ?? known, Date.now())
}

/** By hand, as where orders are placed: this is the busiest route on the busiest day. */
function answer(res: Response, sale: Sale, entered: Extract<Entered, { kind: 'entered' }>, keys: OrderKeys): void {
  const { ticket, number, position } = entered
  const told: TicketAnswer = { ticket, key: keys.keyOf(ticket), number, place: placeOf(position, sale) }
  const body = JSON.stringify(told)
  const headers = {
    Location: `/api/sales/${sale.id}/entries/${ticket}`,
    'Content-Type': 'application/json; charset=utf-8',
  }
  res.writeHead(202, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}
