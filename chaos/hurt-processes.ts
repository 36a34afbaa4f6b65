import { setTimeout as delay } from 'node:timers/promises'
import type { Victim } from './fault.ts'
import { signal } from './processes.ts'
import type { Shop } from './shop.ts'

/** `kill -9`. Rejects when the victim is not running. */
export async function kill(victim: Victim, shop: Shop): Promise<void> {
  const pid = await shop.pidOf(victim)
  shop.log.times.killed(victim, performance.now())
  signal(pid, 'SIGKILL')
}

/** `kill`: the victim may end in good order. */
export async function terminate(victim: Victim, shop: Shop): Promise<void> {
  signal(await shop.pidOf(victim), 'SIGTERM')
}

/** Stops a process in its tracks, for a while. */
export async function freeze(victim: Victim, forMs: number, shop: Shop): Promise<void> {
  const pid = await shop.pidOf(victim)
  signal(pid, 'SIGSTOP')
  await delay(forMs)
  signal(pid, 'SIGCONT')
}
