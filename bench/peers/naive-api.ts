import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import express from 'express'
import { Redis } from 'ioredis'
import { PrismaClient } from '../../prisma/order/client/client.ts'
import { openOrders } from '../../services/order/db.ts'
import { readPriceList } from '../../services/order/price-list.ts'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'
import { DurableAdapter } from './jobs/durable-adapter.ts'

type Body = {
  customer: { name: string; email: string; phone?: string }
  items: { sku: string; quantity: number }[]
  payment: { method: string }
}

// What one writes first, and well: check, one Prisma `create` per request, one LPUSH, answer. The same tables, as
// durable as the shop's.
const { DATA_DIR: folder = '', REDIS_URL: redisUrl = '' } = process.env
await (await openOrders(folder)).close() // makes the tables, fills the shop window
const prisma = new PrismaClient({ adapter: new DurableAdapter(join(folder, 'order.db')) })
const prices = await readPriceList(prisma)
const redis = new Redis(redisUrl)

const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.use(express.json({ limit: '64kb' }))
app.post('/api/orders', async (req, res) => {
  const body: Body = req.body
  if (!isSound(body)) return void res.status(422).json({ error: 'invalid order' })
  const order = await prisma.order.create({ data: rowsOf(body), include: { lines: true } })
  await redis.lpush('orders', JSON.stringify({ id: order.id, items: body.items }))
  const { id, seq, state, totalCents, currency, placedAt } = order
  const items = order.lines.map(({ orderId: _, position: __, ...item }) => item)
  const at = new Date(Number(placedAt))
  res.status(201).json({ id, number: `OL-${seq}`, state, totalCents, currency, items, placedAt: at })
})

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => `${server.url}/api/orders` }, async () => {
  await server.close()
  redis.disconnect()
  await prisma.$disconnect()
})

function isSound({ customer, items, payment }: Body): boolean {
  const isItem = ({ sku, quantity }: Body['items'][0]) => prices.has(sku) && Number.isInteger(quantity) && quantity > 0
  return Boolean(customer?.name) && /^\S+@\S+$/.test(customer.email) && items?.every(isItem) && Boolean(payment?.method)
}

function rowsOf({ customer, items, payment }: Body) {
  const lines = items.map(({ sku, quantity }, position) => {
    const { name = '', priceCents = 0 } = prices.get(sku) ?? {}
    return { sku, position, name, quantity, unitPriceCents: priceCents }
  })
  return {
    id: randomUUID(),
    state: 'placed',
    customerName: customer.name,
    customerEmail: customer.email,
    customerPhone: customer.phone ?? null,
    paymentMethod: payment.method,
    totalCents: lines.reduce((sum, { quantity, unitPriceCents }) => sum + quantity * unitPriceCents, 0),
    currency: 'EUR',
    placedAt: Date.now(),
    lines: { create: lines },
  }
}
