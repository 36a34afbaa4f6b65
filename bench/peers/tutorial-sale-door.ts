import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'
import { messageOf, QUEUE, STATUS } from './tutorial-sale-keys.ts'

const LOOK_EVERY_MS = 100
const CALM_MS = 1_000 // what was popped last is in the books

// The tutorial's producer as the door of a flash sale: LPUSH, and the status hash tells what has become of it. What it calls
// an error is pushed again, as the tutorial does by hand.
const redis = new Redis(readConfig().REDIS_URL)
const words: Record<string, string> = { success: 'won', soldOut: 'lost' }

const app = express()
app.post('/buy', async (req, res) => {
  const ticket = randomUUID()
  await redis.lpush(QUEUE, messageOf(ticket, Number(req.query.buyer)))
  res.json({ word: 'taken', ticket })
})
app.get('/result', async (req, res) => {
  const ticket = String(req.query.ticket)
  const status = await redis.hget(STATUS, ticket)
  if (status === 'error') await redis.lpush(QUEUE, messageOf(ticket, Number(req.query.buyer)))
  res.json({ word: words[status ?? ''] ?? 'wait' })
})

const server = await listen(app, 0, '127.0.0.1')
serve({ url: async () => server.url, drained }, async () => {
  await server.close()
  redis.disconnect()
})

async function drained(): Promise<void> {
  while ((await redis.llen(QUEUE)) > 0) await delay(LOOK_EVERY_MS)
  await delay(CALM_MS)
}
