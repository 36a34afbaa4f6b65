import { CURRENCY } from '../../shared/catalogue.ts'
import type { Logger } from '../../shared/logger.ts'
import type { OrderKeys } from '../../shared/order-key.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { parseBody, type Request, type Response } from '../../shared/web/http.ts'
import { keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { languageOf } from '../../shared/web/language.ts'
import { invalid } from '../../shared/web/problem.ts'
import { readTraceparent } from '../../shared/web/traceparent.ts'
import type { ReadAvailable } from './available-stock.ts'
import { bookOrders } from './book-orders.ts'
import type { Customers } from './customers.ts'
import type { Client } from './db.ts'
import { type OrderAnswer, type PlacedAnswer, placedAnswer } from './order-answer.ts'
import type { OrderLimits } from './order-limits.ts'
import { type OrderRequest, orderHeaders, orderRequest } from './order-request.ts'
import type { Outlook } from './outlook.ts'
import { type PriceList, price } from './price-list.ts'
import type { Wanted } from './repeated-orders.ts'

type Deps = {
  publish: Publish<Client>
  prices: PriceList
  limits: OrderLimits | null
  keys: OrderKeys
  customers: Customers
  payWithinMs: number
  outlook: Pick<Outlook, 'paidInMs' | 'accepted'>
  readAvailable: ReadAvailable
  log: Logger
}

/**
 * `POST /api/orders`. Answered when the order is on disk, in one transaction with all that arrived meanwhile.
 * Waits for nothing else, and before that it reads nothing from the database; where there are limits it asks how many
 * are left of what is ordered, for 150 ms at most. When it is expected to be paid is known already. It belongs to whoever is
 * signed in, and to nobody else.
 */
export function placeOrder({ publish, prices, limits, keys, customers, ...deps }: Deps): Endpoint {
  const { payWithinMs, outlook, readAvailable, log } = deps
  const book = oneAtATime(groupCommit(publish, bookOrders, 'beside'))
  return {
    method: 'post',
    path: '/api/orders',
    what: 'Place an order',
    shedAs: 'placing',
    headers: orderHeaders,
    body: orderRequest,
    answer: { status: 201, what: 'The order is on disk.', schema: placedAnswer, headers: { Location: 'Where it is' } },
    problems: [409, 429],
    serve: async (req, res) => {
      const since = performance.now()
      const order = parseBody(orderRequest, req.body)
      const account = customers.of(req)?.account
      const expectedPaidInMs = isPaidNow(order) ? outlook.paidInMs() : null
      const wanted = wantedBy(req, order, prices, { account, payBy: Date.now() + payWithinMs, expectedPaidInMs })
      if (limits !== null) await limits.admit(req, order, readAvailable)
      const booked = await book(wanted)
      if (booked.kind === 'key taken') throw keyTaken()
      if (booked.kind === 'placed') {
        outlook.accepted()
        if (order.payment !== undefined) limits?.tendered(req, order.customer.email, booked.order.id)
        tell(booked.order, since, log)
      }
      const { order: placed, expectedPaidInMs: told } = booked
      answer(res, { ...placed, expectedPaidInMs: told, key: keys.keyOf(placed.id) })
    },
  }
}

/** On the gateway's own page customers take their time. */
const isPaidNow = ({ payment }: OrderRequest) => payment !== undefined && payment.method !== 'hosted'

type Terms = { account: string | undefined; payBy: number; expectedPaidInMs: number | null }

function wantedBy(req: Request, order: OrderRequest, prices: PriceList, terms: Terms): Wanted {
  const { account, payBy, expectedPaidInMs } = terms
  const { customer, items, payment } = order
  const priced = price(items, prices)
  if (!priced.ok) throw invalid(priced.errors)
  const { lines, totalCents } = priced
  const paymentMethod = payment?.method ?? null
  const whose = { account: account ?? null, language: order.language ?? languageOf(req) }
  return {
    draft: { id: newId(), customer, paymentMethod, payBy, lines, totalCents, currency: CURRENCY, ...whose, sale: null },
    key: readKey(req.get('idempotency-key'), { customer, items, payment, language: order.language, account }),
    traceparent: readTraceparent(req.get('traceparent')),
    expectedPaidInMs,
  }
}

function tell({ id: subject, number: order, totalCents }: OrderAnswer, since: number, log: Logger): void {
  log.info({ subject, order, totalCents, ms: Math.round(performance.now() - since) }, 'order.placed')
}

/**
 * By hand, for this is the busiest route: `res.json` costs more than checking and pricing the order. The body is a
 * string, for Node writes a string together with the headers, and a buffer after them.
 */
function answer(res: Response, order: PlacedAnswer): void {
  const body = JSON.stringify(order)
  const headers = { Location: `/api/orders/${order.id}`, 'Content-Type': 'application/json; charset=utf-8' }
  res.writeHead(201, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}
