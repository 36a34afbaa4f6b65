import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { markKey, queueKey, statusKey, workersKey } from '../shared/keys.ts'
import { type Queue, serviceOf, shardsOf } from '../shared/routes.ts'
import type { Deed, KeyKind } from './fault.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'
import { whileHeld } from './while-held.ts'

/** Deletes one key of a queue, of all its shards. */
export async function deleteKey({ key, service }: Extract<Deed, { kind: 'delete' }>, redis: Redis): Promise<void> {
  const lists = key === 'workers' ? [service] : shardsOf(service)
  await Promise.all(lists.map((list) => redis.del(keys[key](list))))
}

const keys: Record<KeyKind, (list: Queue) => string> = {
  queue: queueKey,
  status: statusKey,
  workers: (list) => workersKey(serviceOf(list)),
  mark: markKey,
}

/** Redis comes back with what it knew some time ago, as after a restore from a backup. */
export async function restoreOldDump(ageMs: number, shop: Shop): Promise<void> {
  const dump = await mkdtemp(join(tmpdir(), 'orderline-dump-'))
  try {
    await shop.inTurn(() => whileHeld('redis', 'SIGSTOP', shop, () => copy(dumpOf(shop), dump)))
    await delay(ageMs)
    await shop.inTurn(() => whileHeld('redis', 'SIGKILL', shop, () => copy(dump, dumpOf(shop))))
  } finally {
    await rm(dump, { recursive: true, force: true })
  }
}

const dumpOf = (shop: Shop) => join(shop.dataDir, 'redis', 'appendonlydir')

async function copy(from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await cp(from, to, { recursive: true })
}
