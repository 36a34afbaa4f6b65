import { setTimeout as delay } from 'node:timers/promises'
import { queueKey } from '../shared/keys.ts'
import type { Service } from '../shared/routes.ts'
import type { Deed } from './fault.ts'
import { signal } from './processes.ts'
import { moveSlot, type RedisCluster } from './redis-cluster.ts'
import { CORNER } from './redis-door.ts'

const keyOf = (service: Service) => `${CORNER}:${queueKey(service)}`
const MASTER_LIMIT_MS = 2_000

/** `kill -9` of the master that has a queue. It comes back after a while, as a replica if another one has taken over by then. */
export async function killMaster({ service, forMs }: Extract<Deed, { kind: 'kill master' }>, cluster: RedisCluster) {
  const master = await cluster.ownerOf(keyOf(service))
  await master.kill()
  await delay(forMs)
  await master.start()
}

/** A replica takes over: in agreement with its master, or against it and without what it has not heard yet. */
export async function failOver({ service, isForced }: Extract<Deed, { kind: 'failover' }>, cluster: RedisCluster) {
  const [replica] = await cluster.replicasOf(await cluster.ownerOf(keyOf(service)))
  if (replica === undefined) throw new Error('no replica follows it just now')
  const limit = AbortSignal.timeout(MASTER_LIMIT_MS)
  await replica.client.call('CLUSTER', 'FAILOVER', ...(isForced ? ['TAKEOVER'] : []))
  while ((await cluster.ownerOf(keyOf(service))) !== replica) {
    limit.throwIfAborted()
    await delay(50)
  }
}

/** The slot of a queue moves to another master, with all that is in it. */
export function moveQueue({ service }: Extract<Deed, { kind: 'move slot' }>, cluster: RedisCluster): Promise<void> {
  return moveSlot(keyOf(service), cluster)
}

/** The master that has a queue is stopped in its tracks: its connections stay open, and it says nothing. */
export async function freezeNode({ service, forMs }: Extract<Deed, { kind: 'freeze node' }>, cluster: RedisCluster) {
  const pid = (await cluster.ownerOf(keyOf(service))).pid()
  signal(pid, 'SIGSTOP')
  await delay(forMs)
  signal(pid, 'SIGCONT')
}
