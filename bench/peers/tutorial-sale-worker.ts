import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'
import { SaleBooks } from './sale-books.ts'
import { QUEUE, STATUS } from './tutorial-sale-keys.ts'

const WAIT_S = 1

// The tutorial's consumer of a flash sale: BRPOP, a unit and an order in one transaction, HSET.
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
    const popped = await redis.brpop(QUEUE, WAIT_S).catch(() => null) // it connects again by itself
    if (popped !== null) await handle(JSON.parse(popped[1]))
  }
}

async function handle({ message_id: id, data }: { message_id: string; data: { buyer: number } }): Promise<void> {
  try {
    await redis.hset(STATUS, id, books.sell(data.buyer) ? 'success' : 'soldOut')
  } catch {
    await redis.hset(STATUS, id, 'error')
  }
}
