import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from '../../../shared/store/redis.ts'
import type { Message } from '../message.ts'

const REST_MS = 1_000

/** The tutorial's producer, step by step: LPUSH, wait a second, look at the status, and LPUSH again if it is `error`. */
export async function produce(message: Message, redis: Redis): Promise<void> {
  // crash point: before the push
  await redis.lpush('myqueue', JSON.stringify(message))
  // crash point: pushed
  await sleep(REST_MS)
  const status = await redis.hget('message_status', message.message_id)
  // crash point: status read
  if (status === 'error') await redis.lpush('myqueue', JSON.stringify(message))
}
