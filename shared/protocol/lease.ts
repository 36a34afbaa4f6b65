import { settlerKey } from '../keys.ts'
import type { Queue, Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'
import { newId } from './new-id.ts'

const LEASE_MS = 1_000 // after which another instance goes on, should this one be gone
const RENEW_MS = 400

/** Which of several instances of a service looks after its rows to a list. It says who spares the others the work, and no more. */
export type Lease = {
  /** Whether it is ours. Rejects when Redis does not tell. */
  isOurs(): Promise<boolean>
  /** Another one may have it at once. Never rejects. */
  giveUp(): Promise<void>
}

/**
 * Two may hold it for a moment, when one was slow: whatever they do is decided by the rows as they were read, so it is done
 * once.
 */
export function createLease(service: Service, queue: Queue, redis: Redis, now = () => performance.now()): Lease {
  const key = settlerKey(queue, service)
  const own = newId()
  let askedAt = Number.NEGATIVE_INFINITY // when it was last ours
  const take = async () => {
    if ((await redis.set(key, own, 'PX', LEASE_MS, 'NX')) === 'OK') return true
    return (await redis.get(key)) === own && (await redis.pexpire(key, LEASE_MS)) === 1
  }
  return {
    isOurs: async () => {
      const at = now()
      if (at - askedAt < RENEW_MS) return true
      const isOurs = await take()
      askedAt = isOurs ? at : Number.NEGATIVE_INFINITY
      return isOurs
    },
    giveUp: async () => {
      if (askedAt === Number.NEGATIVE_INFINITY) return
      const owner = await redis.get(key).catch(() => null)
      if (owner === own) await redis.del(key).catch(() => {})
    },
  }
}
