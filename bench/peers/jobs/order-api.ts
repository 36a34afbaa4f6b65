import { EventEmitter } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type RequestHandler } from 'express'
import type { PrismaClient } from '../../../prisma/order/client/client.ts'
import { type OrderRequest, orderRequest } from '../../../services/order/order-request.ts'
import { type PriceList, price, readPriceList } from '../../../services/order/price-list.ts'
import { CURRENCY } from '../../../shared/catalogue.ts'
import type { Emitted, PricedLine } from '../../../shared/events.ts'
import { newId } from '../../../shared/protocol/new-id.ts'
import type { State } from '../../../shared/states.ts'

export type OrderApi = { url: string; tell(orderId: string, state: State): void; close(): Promise<void> }
type Publish = (event: Emitted) => Promise<void>

/** The API of a shop on a job library: an order is written with Prisma, then its event is queued. */
export async function startOrderApi(prisma: PrismaClient, publish: Publish): Promise<OrderApi> {
  const prices = await readPriceList(prisma)
  const changes = new EventEmitter().setMaxListeners(0)
  const app = express()
  app.use(express.json())
  app.post('/api/orders', placeOrder(prisma, prices, publish))
  app.get('/api/orders/:id/events', followOrder(prisma, changes))
  const server = app.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    tell: (orderId, state) => void changes.emit(orderId, state),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** No contest has orders that are paid later. */
const cardOrder = orderRequest.required({ payment: true })

function placeOrder(prisma: PrismaClient, prices: PriceList, publish: Publish): RequestHandler {
  return async (req, res) => {
    const request = cardOrder.safeParse(req.body)
    if (!request.success) return void res.status(422).json({ errors: request.error.issues })
    const { customer, items, payment } = request.data
    const priced = price(items, prices)
    if (!priced.ok) return void res.status(422).json({ errors: priced.errors })
    const { lines, totalCents } = priced
    const order = await bookOrder(prisma, { customer, paymentMethod: payment.method, lines, totalCents })
    const { id: orderId, number, currency, paymentMethod } = order
    const { name, email } = customer
    const data = { number, totalCents, currency, paymentMethod, payBy: null, customer: { name, email }, lines }
    await publish({ name: 'order.placed', subject: orderId, data })
    res
      .status(201)
      .location(`/api/orders/${orderId}`)
      .json({ ...order, items: lines })
  }
}

type Draft = Pick<OrderRequest, 'customer'> & { paymentMethod: string; lines: PricedLine[]; totalCents: number }

/** The order with its lines, and the first entry of its timeline. */
async function bookOrder(prisma: PrismaClient, { customer, lines, ...draft }: Draft) {
  const id = newId()
  const placedAt = Date.now()
  const order = { id, state: 'placed', currency: CURRENCY, placedAt, ...draft }
  const { name: customerName, email: customerEmail, phone: customerPhone = null } = customer
  const positioned = lines.map((line, position) => ({ ...line, position }))
  const entry = { orderId: id, event: 'order.placed', service: 'order', state: 'placed', at: placedAt }
  await prisma.$transaction([
    prisma.order.create({
      data: { ...order, customerName, customerEmail, customerPhone, lines: { create: positioned } },
    }),
    prisma.timelineEntry.create({ data: entry }),
  ])
  return { ...order, number: `OL-${id.slice(-12)}` }
}

/** Server-sent events: the state the order is in, then each it gets into. */
function followOrder(prisma: PrismaClient, changes: EventEmitter): RequestHandler {
  return async (req, res) => {
    const orderId = String(req.params.id)
    const send = (state: string) => res.write(`data: ${JSON.stringify({ state })}\n\n`)
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' })
    changes.on(orderId, send) // before it is read, so that nothing is missed in between
    res.once('close', () => changes.off(orderId, send))
    const order = await prisma.order.findUnique({ where: { id: orderId }, select: { state: true } })
    if (order !== null) send(order.state)
  }
}
