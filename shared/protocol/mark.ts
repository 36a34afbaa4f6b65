import { v7 as uuidv7 } from 'uuid'
import { markKey } from '../keys.ts'
import type { Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'

/** The mark that is left in Redis; a new one where there is none: what has forgotten it has forgotten other things, too. */
export async function readMark(service: Service, redis: Redis): Promise<string | null> {
  const mark = await redis.get(markKey(service))
  if (mark !== null) return mark
  await redis.set(markKey(service), uuidv7(), 'NX')
  return redis.get(markKey(service))
}
