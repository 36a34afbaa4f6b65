import { Redis } from 'ioredis'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'
import { LineBooks } from './line-books.ts'
import { LINES } from './line-keys.ts'

const WAIT_S = 1
const AT_ONCE = 500

// The classic keeper: it pops a batch of lines, and then writes them into its database.
const { DATA_DIR: folder, REDIS_URL: url } = readConfig()
const books = new LineBooks(folder)
const redis = new Redis(url)
const stopping = new AbortController()
const working = keep()

serve({}, async () => {
  stopping.abort()
  await working
  redis.disconnect()
  books.close()
})

async function keep(): Promise<void> {
  while (!stopping.signal.aborted) {
    const popped = await redis.brpop(LINES, WAIT_S).catch(() => null) // it connects again by itself
    if (popped === null) continue
    const more = (await redis.rpop(LINES, AT_ONCE - 1).catch(() => null)) ?? []
    books.keep([popped[1], ...more])
  }
}
