import { setTimeout as delay } from 'node:timers/promises'
import type { Refusable } from './fault.ts'
import { atEach, type Redis } from './redis-door.ts'
import { untilDone } from './until-done.ts'

const NOBODY_PORT = '1' // nothing of a shop listens there

/** Redis refuses one command to all of us, or whatever needs memory, for a while. */
export async function refuse(what: Refusable, forMs: number, redis: Redis): Promise<void> {
  await atEach(redis, (server) => forbid(what, server))
  await delay(forMs)
  await untilDone(() => atEach(redis, (server) => allow(what, server))) // one that was started meanwhile has forgotten that it is to refuse
}

async function forbid(what: Refusable, redis: Redis): Promise<void> {
  if (what === 'memory') await redis.config('SET', 'maxmemory', '1')
  else await redis.call('ACL', 'SETUSER', 'default', `-${what}`)
}

async function allow(what: Refusable, redis: Redis): Promise<void> {
  if (what === 'memory') await redis.config('SET', 'maxmemory', '0')
  else await redis.call('ACL', 'SETUSER', 'default', `+${what}`)
}

/**
 * What the master was becomes a replica, as after a failover that the shop has not heard of: its connections stay open,
 * reads work, writes hear READONLY. Its new master cannot be reached, so that it keeps what it has.
 */
export async function demote(forMs: number, redis: Redis): Promise<void> {
  await redis.call('REPLICAOF', '127.0.0.1', NOBODY_PORT)
  await delay(forMs)
  await untilDone(() => redis.call('REPLICAOF', 'NO', 'ONE'))
}

/** Takes back whatever these servers were told to refuse. */
export async function allowAll(servers: Redis[], isCluster: boolean): Promise<void> {
  await untilDone(async () => {
    for (const server of servers) {
      if (!isCluster) await server.call('REPLICAOF', 'NO', 'ONE')
      await server.config('SET', 'maxmemory', '0')
      await server.call('ACL', 'SETUSER', 'default', '+@all')
    }
  })
}
