import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { clusterSettings } from '../cluster-node.ts'
import { untilDone } from '../until-done.ts'
import { command } from './command.ts'
import type { Host } from './host.ts'
import { addressOf, type RedisName, redisNames } from './host-names.ts'

/** Of the nodes of each host: a master of its own, and a replica of another host's. */
export const redisPorts = [6379, 6380] as const
const NODE_TIMEOUT_MS = 2_000
const ATTEMPTS = 100 // 0.2 s apart

type Nodes = { hosts: Record<RedisName, Host>; folder: string; program: string }

export const REDIS_URL = `redis-cluster://${redisNames.map((name) => `${addressOf(name)}:${redisPorts[0]}`).join(',')}`

/** Redis Cluster on three hosts: the loss of any one leaves a master or a replica of every slot, and a majority. */
export class RedisNodes {
  readonly #nodes: Nodes

  private constructor(nodes: Nodes) {
    this.#nodes = nodes
  }

  static async start(nodes: Nodes): Promise<RedisNodes> {
    const started = new RedisNodes(nodes)
    for (const name of redisNames) started.keepOn(name)
    const addresses = redisNames.flatMap((name) => redisPorts.map((port) => `${addressOf(name)}:${port}`))
    const create = ['--cluster', 'create', ...addresses, '--cluster-replicas', '1', '--cluster-yes']
    await untilDone(() => Promise.all(started.#askAll(['PING'])), ATTEMPTS)
    await command('redis-cli', ...create)
    await untilDone(() => started.#requireOk(), ATTEMPTS)
    return started
  }

  /** Starts both nodes of a host that has just been booted, with what they have kept. */
  keepOn(name: RedisName): void {
    for (const port of redisPorts) this.#keep(name, port)
  }

  /** A replica takes its master's place, with both of them there. Rejects where it is none. */
  async failOver(name: RedisName, port: number): Promise<void> {
    const answer = await this.#ask(name, port, ['CLUSTER', 'FAILOVER'])
    if (answer !== 'OK') throw new Error(`no failover: ${answer}`)
  }

  /** Empties all masters that run. */
  async flush(): Promise<void> {
    await Promise.allSettled(this.#askAll(['FLUSHALL']))
  }

  #keep(name: RedisName, port: number): void {
    const { hosts, folder, program } = this.#nodes
    const dir = join(folder, `${name}-${port}`)
    mkdirSync(dir, { recursive: true })
    const args = [
      ...['--port', String(port), '--dir', dir, '--bind', '0.0.0.0'],
      ...SETTINGS,
      '--cluster-announce-ip',
      addressOf(name),
    ]
    hosts[name].keep({ name: `redis-${port}`, command: program, args })
  }

  #askAll(words: string[]): Promise<string>[] {
    return redisNames.flatMap((name) => redisPorts.map((port) => this.#ask(name, port, words)))
  }

  async #requireOk(): Promise<void> {
    const info = await this.#ask('redis-1', redisPorts[0], ['CLUSTER', 'INFO'])
    if (!/cluster_state:ok/.test(info) || !/cluster_slots_ok:16384/.test(info))
      throw new Error('the cluster is not whole')
  }

  /** On its own host: a cut network does not keep us from breaking things. */
  async #ask(name: RedisName, port: number, words: string[]): Promise<string> {
    return this.#nodes.hosts[name].run('redis-cli', ['-p', String(port), ...words])
  }
}

const SETTINGS = [
  ...['--protected-mode', 'no', '--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
  ...clusterSettings(NODE_TIMEOUT_MS),
]
