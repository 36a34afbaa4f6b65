import { v7 as uuidv7 } from 'uuid'
import { markKey } from '../keys.ts'
import type { Queue } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import { homeOf } from '../store/redis-nodes.ts'

/**
 * The mark that is left in Redis beside a list, and by which way it was read: what has forgotten it has forgotten other things, too, and so
 * may have whoever took over with it, as a replica that was behind.
 */
export async function readMark(list: Queue, redis: Redis): Promise<string> {
  const mark = await ownMark(list, redis)
  return `${mark} ${homeOf(redis, markKey(list))}`
}

/** A new one where there is none. */
async function ownMark(list: Queue, redis: Redis): Promise<string | null> {
  const mark = await redis.get(markKey(list))
  if (mark !== null) return mark
  await redis.set(markKey(list), uuidv7(), 'NX')
  return redis.get(markKey(list))
}
