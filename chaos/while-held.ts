import { setTimeout as delay } from 'node:timers/promises'
import type { Victim } from './fault.ts'
import { findAll, signal } from './processes.ts'
import type { Shop } from './shop.ts'

const GONE_LIMIT_MS = 5_000

/** With all processes of a name stopped, or dead, and the launcher stopped, so that it cannot start others meanwhile. */
export async function whileHeld(
  victim: Victim,
  how: 'SIGSTOP' | 'SIGKILL',
  shop: Shop,
  work: () => unknown,
): Promise<void> {
  signal(shop.launcherPid, 'SIGSTOP')
  try {
    const pids = findAll(victim, await shop.processes()).map(({ pid }) => pid)
    for (const pid of pids) signal(pid, how)
    if (how === 'SIGKILL') await Promise.all(pids.map((pid) => whenGone(pid, shop)))
    await work()
    if (how === 'SIGSTOP') for (const pid of pids) signal(pid, 'SIGCONT')
  } finally {
    signal(shop.launcherPid, 'SIGCONT')
  }
}

async function whenGone(pid: number, shop: Shop): Promise<void> {
  const deadline = Date.now() + GONE_LIMIT_MS
  while ((await shop.processes()).some((process) => process.pid === pid && !process.isGone)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} does not die`)
    await delay(10)
  }
}
