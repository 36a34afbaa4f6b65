import type { Redis } from '../../../shared/store/redis.ts'
import { type Message, messageIn } from '../message.ts'

type Handle = (message: Message) => void

/** The tutorial's consumer, step by step: BRPOP, parse, handle, HSET. Rejects, as the tutorial's ends, with what it did not expect. */
export async function consume(redis: Redis, handle: Handle): Promise<never> {
  for (;;) {
    const popped = await redis.brpop('myqueue', 0)
    const text = popped?.[1] ?? ''
    // crash point: popped
    const message = messageIn(text)
    let status = 'success'
    try {
      handle(message)
    } catch {
      status = 'error'
    }
    // crash point: charged
    await redis.hset('message_status', message.message_id, status)
    // crash point: status set
  }
}
