import express, { type Response } from 'express'
import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { listen } from '../../shared/web/http.ts'
import { serve } from '../serve.ts'
import { NOTES } from './pubsub-keys.ts'

// Server-sent events as they are usually made of Redis pub/sub: what is heard is written to all who read just now.
const { REDIS_URL, PORT } = readConfig()
const readers = new Set<Response>()
const redis = new Redis(REDIS_URL)
redis.on('message', (_channel, text: string) => {
  const event = `data: ${text}\n\n`
  for (const reader of readers) reader.write(event)
})
await redis.subscribe(NOTES)

const app = express()
app.get('/events', (_req, res) => {
  res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' }).flushHeaders()
  readers.add(res)
  res.on('close', () => readers.delete(res))
})

const server = await listen(app, PORT, '127.0.0.1')
serve({}, async () => {
  redis.disconnect()
  await server.close()
})
