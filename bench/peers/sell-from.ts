import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'
import { SaleBooks } from './sale-books.ts'

const WAIT_S = 1

/** A worker of a peer's sale: pops one after another from the list and has it handled, until it is told to end. */
export function sellFrom<T>(list: string, handle: (job: T, redis: Redis, books: SaleBooks) => Promise<unknown>): void {
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
      const popped = await redis.brpop(list, WAIT_S).catch(() => null) // it connects again by itself
      if (popped !== null) await handle(JSON.parse(popped[1]), redis, books)
    }
  }
}
