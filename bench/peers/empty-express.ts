import express from 'express'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'

type Body = { items: { sku: string; quantity: number }[] }
type EntryBody = { buyer: string; email: string }

// The ceiling: Express routes that parse an order, or an entry of a sale, keep nothing of it, and answer as the shop would. What the
// shop does without, the ETag and the name of the server, it does without, too.
const app = express()
app.disable('x-powered-by')
app.disable('etag')
app.post('/api/orders', express.json({ limit: '64kb' }), (req, res) => {
  const body: Body = req.body
  const items = body.items.map(({ sku, quantity }) => ({ sku, name: 'Stoneware mug', quantity, unitPriceCents: 1_800 }))
  res.status(201).json({ ...ORDER, items })
})

app.post('/api/sales/:id/entries', express.json({ limit: '64kb' }), (req, res) => {
  const { email }: EntryBody = req.body
  res.status(202).json({ ...TICKET, place: email.length })
})

const TICKET = { ticket: '0199e4b0-5d3c-7a41-9c55-3f2a6d1b8e07', key: 'Zt1n0QyTgk7uY6m3s8vQ2A', number: 1_234 }
const ORDER = {
  id: '0199e4b0-5d3c-7a41-9c55-3f2a6d1b8e07',
  number: 'OL-1000001',
  state: 'placed',
  totalCents: 3_600,
  currency: 'EUR',
  placedAt: '2026-01-01T00:00:00.000Z',
}

const server = await listen(app, 0, '127.0.0.1')
const answers = {
  url: async () => `${server.url}/api/orders`,
  entriesUrl: async () => `${server.url}/api/sales/1/entries`,
}
serve(answers, server.close)
