import { setTimeout as delay } from 'node:timers/promises'
import { find, signal } from '../processes.ts'
import type { HostDeed } from './host-deed.ts'
import { type AppName, appNames, type HostName } from './host-names.ts'
import type { ShopOnHosts } from './shop-on-hosts.ts'

/** Does what a fault says, to its end. Rejects when it could not be done, as when the host is lost already. */
export async function hurtHosts(deed: HostDeed, shop: ShopOnHosts): Promise<void> {
  const { network, postgres, redis, clocks } = shop.parts
  switch (deed.kind) {
    case 'partition':
      return partition(await network.cut(...deed.between, deed.isOneWay), deed.forMs)
    case 'host loss':
      return shop.loseForAWhile(deed.host, deed.forMs)
    case 'promotion':
      return shop.inTurn(() => postgres.failOver(deed.forMs))
    case 'standby loss':
      return shop.inTurn(() => postgres.loseStandby(deed.forMs))
    case 'redis failover':
      return redis.failOver(deed.host, deed.port)
    case 'redis flush':
      return redis.flush()
    case 'skew':
      if (clocks === undefined) throw new Error('libfaketime is not installed')
      return clocks[deed.host].skew(deed.byMs, deed.forMs)
    case 'kill there':
      return void signal(await pidOf(deed.host, deed.program, shop), 'SIGKILL')
    case 'freeze there':
      return freeze(await pidOf(deed.host, deed.program, shop), deed.forMs)
  }
}

async function partition(heal: () => Promise<void>, forMs: number): Promise<void> {
  await delay(forMs)
  await heal()
}

async function freeze(pid: number, forMs: number): Promise<void> {
  signal(pid, 'SIGSTOP')
  await delay(forMs)
  signal(pid, 'SIGCONT')
}

/** Throws when it is not running just now. */
async function pidOf(
  name: HostName,
  program: string,
  { parts: { hosts, apps, postgres } }: ShopOnHosts,
): Promise<number> {
  const app = appNames.find((one): one is AppName => one === name)
  if (app !== undefined && program !== 'launcher') return find(program, await apps[app].processes()).pid
  if (program === 'a backend') return postgres.backendOn(name)
  return hosts[name].pidOf(program)
}
