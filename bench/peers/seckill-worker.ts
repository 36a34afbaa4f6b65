import { ORDERS, OVER } from './seckill-keys.ts'
import { sellFrom } from './sell-from.ts'

// Writes the orders of a seckill: the database has the last word on the stock, and each buyer gets one.
sellFrom<{ buyer: number }>(ORDERS, async ({ buyer }, redis, books) => {
  if (books.hasOrderOf(buyer)) return
  if (!books.sell(buyer)) await redis.set(OVER, 1)
})
