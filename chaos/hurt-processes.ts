import { setTimeout as delay } from 'node:timers/promises'
import type { Service } from '../shared/routes.ts'
import type { Victim } from './fault.ts'
import { findAll, signal } from './processes.ts'
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

/** Stops all processes that take what is in a service's lists, for a while. */
export async function hold(service: Service, forMs: number, shop: Shop): Promise<void> {
  const pids = findAll(service, await shop.processes()).map(({ pid }) => pid)
  for (const pid of pids) signal(pid, 'SIGSTOP')
  await delay(forMs)
  for (const pid of pids) signal(pid, 'SIGCONT')
}
