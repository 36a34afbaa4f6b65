import { setTimeout as delay } from 'node:timers/promises'
import type { Victim } from './fault.ts'
import { find, signal } from './processes.ts'
import type { Shop } from './shop.ts'

const GONE_LIMIT_MS = 5_000

/** With a process stopped, or dead, and the launcher stopped, so that it cannot start another one meanwhile. */
export async function whileHeld(
  victim: Victim,
  how: 'SIGSTOP' | 'SIGKILL',
  shop: Shop,
  work: () => void,
): Promise<void> {
  signal(shop.launcherPid, 'SIGSTOP')
  try {
    const { pid } = find(victim, await shop.processes())
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
    if (Date.now() > deadline) throw new Error(`process ${pid} does not die`)
    await delay(10)
  }
}
