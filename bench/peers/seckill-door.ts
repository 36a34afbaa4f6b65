import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'
import { SaleBooks } from './sale-books.ts'
import { ORDERS, OVER, STOCK } from './seckill-keys.ts'

const LOOK_EVERY_MS = 100
const CALM_MS = 1_000 // what was popped last is in the books

// The door of a flash sale as public seckill projects write it: the counter in Redis decides, a list carries the order to
// whoever writes it, and the page asks for the result: the order, -1 when all is over, else 0, which is "please wait".
const { DATA_DIR: folder, REDIS_URL: url } = readConfig()
const books = new SaleBooks(folder)
const redis = new Redis(url)
await redis.set(STOCK, books.unitsLeft())

const app = express()
app.post('/buy', async (req, res) => {
  const buyer = Number(req.query.buyer)
  if (books.hasOrderOf(buyer)) return void res.json({ word: 'taken', ticket: '' }) // once for each
  if ((await redis.decr(STOCK)) < 0) return void res.json({ word: 'lost', ticket: '' })
  await redis.lpush(ORDERS, JSON.stringify({ buyer }))
  res.json({ word: 'taken', ticket: '' })
})
app.get('/result', async (req, res) => {
  if (books.hasOrderOf(Number(req.query.buyer))) return void res.json({ word: 'won' })
  res.json({ word: (await redis.exists(OVER)) === 1 ? 'lost' : 'wait' })
})

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => server.url, drained }, async () => {
  await server.close()
  redis.disconnect()
  books.close()
})

async function drained(): Promise<void> {
  while ((await redis.llen(ORDERS)) > 0) await delay(LOOK_EVERY_MS)
  await delay(CALM_MS)
}
