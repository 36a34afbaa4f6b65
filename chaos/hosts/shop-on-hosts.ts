import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Supervisor } from '../../launcher/supervisor.ts'
import { type Simulator, simulators } from '../fault.ts'
import { LogWatch } from '../log-watch.ts'
import { signal } from '../processes.ts'
import { flipSwitch } from '../switches.ts'
import { AppHost } from './app-host.ts'
import { keepBalancer, SHOP_URL } from './balancer.ts'
import { type Clock, clocksIn } from './clock.ts'
import { Host } from './host.ts'
import { type AppName, appNames, type HostName, hostNames, type RedisName, redisNames } from './host-names.ts'
import { Network } from './network.ts'
import { PostgresPair } from './postgres-pair.ts'
import { RedisNodes } from './redis-nodes.ts'
import { postgresPrograms } from './room.ts'
import { serviceEnv } from './service-env.ts'
import { openWorld, simulatorUrl } from './world-outside.ts'

const START_LIMIT_MS = 300_000 // ten programs at once, on a machine that may have few processors

type Asked = { tree: string; dataDir: string; folder: string; env: NodeJS.ProcessEnv; say(line: string): void }
type Parts = {
  network: Network
  hosts: Record<HostName, Host>
  postgres: PostgresPair
  redis: RedisNodes
  apps: Record<AppName, AppHost>
  clocks: Record<AppName, Clock> | undefined
  world: Supervisor
  folder: string
}

/** A shop over many hosts: two with an instance of every service, a database with a standby, a Redis Cluster, a balancer. */
export class ShopOnHosts {
  readonly log: LogWatch
  readonly parts: Parts
  readonly dataDir: string
  #lastTurn: Promise<unknown> = Promise.resolve()

  private constructor(parts: Parts, log: LogWatch, dataDir: string) {
    this.parts = parts
    this.log = log
    this.dataDir = dataDir
  }

  /** Lays the network, boots all hosts, and starts what runs on them. Throws when the shop does not come up. */
  static async open({ tree, dataDir, folder, env, say }: Asked): Promise<ShopOnHosts> {
    const network = await Network.lay()
    const hosts = Object.fromEntries(hostNames.map((name) => [name, new Host(name, network)])) as Record<HostName, Host>
    await Promise.all(hostNames.map((name) => hosts[name].boot()))
    say(`${hostNames.length} hosts are up`)
    const log = new LogWatch()
    const hear = (line: string) => log.hear(line)
    const [postgres, redis] = await Promise.all([
      PostgresPair.start({ hosts, network, folder, programs: postgresPrograms() }),
      RedisNodes.start({ hosts, folder, program: 'redis-server' }),
    ])
    say('PostgreSQL and its standby, and Redis Cluster, are up')
    const clocks = clocksIn(join(folder, 'clocks'))
    const world = await openWorld({ tree, dataDir, env: serviceEnv(env), hear })
    const appOn = (name: AppName) =>
      new AppHost({ host: hosts[name], tree, folder: dataDir, env: serviceEnv(env), clock: clocks?.[name], hear })
    const apps = { 'app-1': appOn('app-1'), 'app-2': appOn('app-2') }
    keepBalancer(hosts.balancer, folder)
    const shop = new ShopOnHosts({ network, hosts, postgres, redis, apps, clocks, world, folder }, log, dataDir)
    for (const name of appNames) apps[name].start() // at once, on an empty database
    await shop.untilReady(START_LIMIT_MS)
    return shop
  }

  /** Where customers find it, and the outside world's switches are. */
  url(name: string): string {
    const simulator = simulators.find((one) => one === name)
    return simulator === undefined ? SHOP_URL : simulatorUrl(simulator)
  }

  switch(simulator: Simulator, to: object): Promise<void> {
    return flipSwitch(this.url(simulator), to)
  }

  /** Those that would undo each other's work take turns. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#lastTurn.then(work)
    this.#lastTurn = mine.catch(() => {})
    return mine
  }

  /** Rejects when not all programs of both hosts are up within the limit. */
  async untilReady(limitMs: number): Promise<void> {
    const untilMs = performance.now() + limitMs
    while (appNames.some((name) => !this.parts.apps[name].isReady)) {
      if (performance.now() > untilMs) throw new Error(`the shop does not start:\n${this.log.trouble.join('\n')}`)
      await delay(100)
    }
  }

  /** A host is lost, and comes back after a while with what was on its disk. */
  async loseForAWhile(name: Exclude<HostName, 'postgres-1' | 'postgres-2'>, forMs: number): Promise<void> {
    await this.parts.hosts[name].lose()
    await delay(forMs)
    await this.bringBack(name)
  }

  async bringBack(name: Exclude<HostName, 'postgres-1' | 'postgres-2'>): Promise<void> {
    const { hosts, network, apps, redis, folder } = this.parts
    await hosts[name].boot()
    await network.plug(name)
    if (isApp(name)) apps[name].start()
    else if (isRedis(name)) redis.keepOn(name)
    else keepBalancer(hosts[name], folder)
  }

  /** Ends all services in good order: what they have told is in the books. The hosts go with the room. */
  async stop(): Promise<void> {
    for (const name of appNames) {
      try {
        signal(this.parts.apps[name].launcherPid, 'SIGTERM')
      } catch {
        // lost
      }
    }
    await this.parts.world.stopAll()
  }
}

const isApp = (name: HostName): name is AppName => appNames.some((one) => one === name)
const isRedis = (name: HostName): name is RedisName => redisNames.some((one) => one === name)
