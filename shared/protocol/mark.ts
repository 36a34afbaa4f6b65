import { v7 as uuidv7 } from 'uuid'
import { markKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import { homeOf } from '../store/redis-nodes.ts'

/**
 * The mark that is left in Redis, and by which way it was read: what has forgotten it has forgotten other things, too, and so
 * may have whoever took over with it, as a replica that was behind.
 */
export async function readMark(service: Service, redis: Redis): Promise<string> {
  const mark = await ownMark(service, redis)
  return `${mark} ${homeOf(redis, markKey(service))}`
}

/** A new one where there is none. */
async function ownMark(service: Service, redis: Redis): Promise<string | null> {
  const mark = await redis.get(markKey(service))
  if (mark !== null) return mark
  await redis.set(markKey(service), uuidv7(), 'NX')
  return redis.get(markKey(service))
}
