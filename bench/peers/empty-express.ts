import express from 'express'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'

type Body = { items: { sku: string; quantity: number }[] }

// The ceiling: an Express route that parses an order, keeps nothing of it, and answers as the shop would. What the
// shop does without, the ETag and the name of the server, it does without, too.
const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.post('/api/orders', express.json({ limit: '64kb' }), (req, res) => {
  const body: Body = req.body
  const items = body.items.map(({ sku, quantity }) => ({ sku, name: 'Stoneware mug', quantity, unitPriceCents: 1_800 }))
  res.status(201).json({ ...ORDER, items })
})

const ORDER = {
  id: '0199e4b0-5d3c-7a41-9c55-3f2a6d1b8e07',
  number: 'OL-1000001',
  state: 'placed',
  totalCents: 3_600,
  currency: 'EUR',
  placedAt: '2026-01-01T00:00:00.000Z',
}

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => `${server.url}/api/orders` }, server.close)
