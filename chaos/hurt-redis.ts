import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { markKey, queueKey, statusKey, workersKey } from '../shared/keys.ts'
import type { Deed, KeyKind } from './fault.ts'
import { find, signal } from './processes.ts'
import type { Redis } from './redis-door.ts'
import type { Shop } from './shop.ts'

const GONE_LIMIT_MS = 5_000

/** Deletes one key of a queue. */
export async function deleteKey({ key, service }: Extract<Deed, { kind: 'delete' }>, redis: Redis): Promise<void> {
  await redis.del(keys[key](service))
}

const keys: Record<KeyKind, typeof statusKey> = {
  queue: queueKey,
  status: statusKey,
  workers: workersKey,
  mark: markKey,
}

/** Redis comes back with what it knew some time ago, as after a restore from a backup. */
export async function restoreOldDump(ageMs: number, shop: Shop): Promise<void> {
  const dump = mkdtempSync(join(tmpdir(), 'orderline-dump-'))
  try {
    await shop.inTurn(() => whileHeld(shop, 'SIGSTOP', () => copy(dumpOf(shop), dump)))
    await delay(ageMs)
    await shop.inTurn(() => whileHeld(shop, 'SIGKILL', () => copy(dump, dumpOf(shop))))
  } finally {
    rmSync(dump, { recursive: true, force: true })
  }
}

const dumpOf = (shop: Shop) => join(shop.dataDir, 'redis', 'appendonlydir')

/** With Redis stopped, or dead, and the launcher stopped, so that it cannot start another one meanwhile. */
async function whileHeld(shop: Shop, how: 'SIGSTOP' | 'SIGKILL', work: () => void): Promise<void> {
  signal(shop.launcherPid, 'SIGSTOP')
  try {
    const { pid } = find('redis', await shop.processes())
    signal(pid, how)
    if (how === 'SIGKILL') await whenGone(pid, shop)
    work()
    if (how === 'SIGSTOP') signal(pid, 'SIGCONT')
  } finally {
    signal(shop.launcherPid, 'SIGCONT')
  }
}

async function whenGone(pid: number, shop: Shop): Promise<void> {
  const deadline = Date.now() + GONE_LIMIT_MS
  while ((await shop.processes()).some((process) => process.pid === pid && !process.isGone)) {
    if (Date.now() > deadline) throw new Error('Redis does not die')
    await delay(10)
  }
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true })
  cpSync(from, to, { recursive: true })
}
