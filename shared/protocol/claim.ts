import { claimKey } from '../keys.ts'
import { isReader, type Service } from '../routes.ts'
import type { Redis } from '../store/redis.ts'

/** The queue belongs to another database: what would be popped here is another shop's, and ours would be popped there. */
export class ForeignQueue extends Error {
  override name = 'ForeignQueue'
}

/**
 * Takes a queue for the database of this id, whose inbox tells what has been handled. Throws `ForeignQueue` when it is
 * another one's: another shop's, or that of a database which is lost, and with it what has been handled. Who only reads
 * may begin anew. Redis may forget the claim like anything else: it is made again.
 */
export async function claimQueue(redis: Redis, service: Service, databaseId: string): Promise<void> {
  if (isReader(service)) return void (await redis.set(claimKey(service), databaseId))
  const known = await redis.get(claimKey(service))
  if (known === databaseId) return
  await redis.set(claimKey(service), databaseId, 'NX')
  const owner = await redis.get(claimKey(service))
  if (owner === null || owner === databaseId) return
  const corner = `${redis.options.keyPrefix ?? ''}`.replace(/:$/, '')
  throw new ForeignQueue(
    `${service}’s queue under the prefix ${corner} of this Redis belongs to another shop, or to this one and its database is lost: choose another REDIS_PREFIX, or another Redis.`,
  )
}

/** Whether the queue is still ours while a worker runs. */
export type Hold = {
  /** Takes it again, for Redis may have forgotten the claim. Rejects while it is another shop's. */
  renew(): Promise<void>
  isOurs(): boolean
}

/** Ours until another shop has been seen to have taken the queue, while Redis had forgotten whose it was; and again when that has gone. */
export function holdClaim(claim: () => Promise<void>): Hold {
  let refusal: ForeignQueue | null = null
  const renew = async () => {
    refusal = await claim().then(
      () => null,
      (error) => (error instanceof ForeignQueue ? error : refusal),
    )
    if (refusal !== null) throw refusal
  }
  return { renew, isOurs: () => refusal === null }
}
