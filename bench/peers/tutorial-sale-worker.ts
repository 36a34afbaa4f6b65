import { sellFrom } from './sell-from.ts'
import { QUEUE, STATUS } from './tutorial-sale-keys.ts'

type Message = { message_id: string; data: { buyer: number } }

// The tutorial's consumer of a flash sale: BRPOP, a unit and an order in one transaction, HSET.
sellFrom<Message>(QUEUE, async ({ message_id: id, data }, redis, books) => {
  try {
    await redis.hset(STATUS, id, books.sell(data.buyer) ? 'success' : 'soldOut')
  } catch {
    await redis.hset(STATUS, id, 'error')
  }
})
