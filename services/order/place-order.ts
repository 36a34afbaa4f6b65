import { CURRENCY } from '../../shared/catalogue.ts'
import type { Logger } from '../../shared/logger.ts'
import { groupCommit } from '../../shared/protocol/group-commit.ts'
import { newId } from '../../shared/protocol/new-id.ts'
import type { Publish } from '../../shared/protocol/outbox.ts'
import type { Endpoint } from '../../shared/web/endpoint.ts'
import { Problem, parseBody, type Request, type Response } from '../../shared/web/http.ts'
import { keyTaken, oneAtATime, readKey } from '../../shared/web/idempotency-key.ts'
import { bookOrders, type Wanted } from './book-orders.ts'
import type { Client } from './db.ts'
import { type OrderAnswer, orderAnswer } from './order-answer.ts'
import { orderHeaders, orderRequest } from './order-request.ts'
import { type PriceList, price } from './price-list.ts'
import { readTraceparent } from './traceparent.ts'

type Deps = { publish: Publish<Client>; prices: PriceList; log: Logger }

/**
 * `POST /api/orders`. Answered when the order is on disk, in one transaction with all that arrived meanwhile.
 * Waits for nothing else, and before that it reads nothing from the database.
 */
export function placeOrder({ publish, prices, log }: Deps): Endpoint {
  const book = oneAtATime(groupCommit(publish, bookOrders, 'beside'))
  return {
    method: 'post',
    path: '/api/orders',
    what: 'Place an order',
    headers: orderHeaders,
    body: orderRequest,
    answer: { status: 201, what: 'The order is on disk.', schema: orderAnswer, headers: { Location: 'Where it is' } },
    problems: [409],
    serve: async (req, res) => {
      const since = Date.now()
      const booked = await book(wantedBy(req, prices))
      if (booked.kind === 'key taken') throw keyTaken()
      if (booked.kind === 'placed') tell(booked.order, since, log)
      answer(res, booked.order)
    },
  }
}

function wantedBy(req: Request, prices: PriceList): Wanted {
  const { customer, items, payment } = parseBody(orderRequest, req.body)
  const priced = price(items, prices)
  if (!priced.ok) throw unknownSku(priced.errors)
  const { lines, totalCents } = priced
  return {
    draft: { id: newId(), customer, paymentMethod: payment.method, lines, totalCents, currency: CURRENCY },
    key: readKey(req.get('idempotency-key'), { customer, items, payment }),
    traceparent: readTraceparent(req.get('traceparent')),
  }
}

function unknownSku(errors: { field: string; message: string }[]): Problem {
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ')
  return new Problem(422, 'Invalid request', detail, errors)
}

function tell({ id: orderId, number: order, totalCents }: OrderAnswer, since: number, log: Logger): void {
  log.info({ orderId, order, totalCents, ms: Date.now() - since }, 'order.placed')
}

/**
 * By hand, for this is the busiest route: `res.json` costs more than checking and pricing the order. The body is a
 * string, for Node writes a string together with the headers, and a buffer after them.
 */
function answer(res: Response, order: OrderAnswer): void {
  const body = JSON.stringify(order)
  const headers = { Location: `/api/orders/${order.id}`, 'Content-Type': 'application/json; charset=utf-8' }
  res.writeHead(201, { ...headers, 'Content-Length': Buffer.byteLength(body) }).end(body)
}
