import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'
import { SaleBooks } from './sale-books.ts'
import { ORDERS, OVER } from './seckill-keys.ts'

const WAIT_S = 1

// Writes the orders of a seckill: the database has the last word on the stock, and each buyer gets one.
const { DATA_DIR: folder, REDIS_URL: url } = readConfig()
const books = new SaleBooks(folder)
const redis = new Redis(url)
const stopping = new AbortController()
const working = consume()

serve({}, async () => {
  stopping.abort()
  await working
  redis.disconnect()
  books.close()
})

async function consume(): Promise<void> {
  while (!stopping.signal.aborted) {
    const popped = await redis.brpop(ORDERS, WAIT_S).catch(() => null) // it connects again by itself
    if (popped !== null) await book(JSON.parse(popped[1]))
  }
}

async function book({ buyer }: { buyer: number }): Promise<void> {
  if (books.hasOrderOf(buyer)) return
  if (!books.sell(buyer)) await redis.set(OVER, 1)
}
