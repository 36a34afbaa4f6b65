import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { childrenOf } from '../processes.ts'
import { untilDone } from '../until-done.ts'
import type { Host } from './host.ts'
import { addressOf, DATABASE_ADDRESS, type HostName, type PostgresName, postgresNames } from './host-names.ts'
import type { Network } from './network.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }
const DETECTION_MS = 1_500 // until a watchman believes that a host is gone
const ATTEMPTS = 150 // 0.2 s apart

/** What a pair needs: where its programs are, where it keeps its files, and who hears what it says. */
type Pair = { hosts: Record<PostgresName, Host>; network: Network; programs: string; folder: string; hear: Hear }
type Hear = (host: string, line: string) => void

export const DATABASE_URL = `postgresql://orderline@${DATABASE_ADDRESS}:5432/orderline`

/**
 * PostgreSQL on two hosts: nothing is committed before the standby has it, too, and when the primary's host is lost the standby
 * takes over, and the address with it. This is what a watchman as Patroni does, by its rules: it promotes only a standby that
 * has everything, and while there is none the primary goes on alone.
 */
export class PostgresPair {
  readonly #pair: Pair
  #primary: PostgresName = 'postgres-1'

  private constructor(pair: Pair) {
    this.#pair = pair
  }

  static async start(pair: Pair): Promise<PostgresPair> {
    const started = new PostgresPair(pair)
    await started.#found()
    await started.#followAgain('postgres-2')
    return started
  }

  get primary(): PostgresName {
    return this.#primary
  }

  get standby(): PostgresName {
    return this.#primary === 'postgres-1' ? 'postgres-2' : 'postgres-1'
  }

  /** The primary's host is lost, the standby takes over, and after a while the lost one comes back as the new standby. Rejects where the standby may lack something. */
  async failOver(forMs: number): Promise<void> {
    await this.#requireWhole()
    const [lost, heir] = [this.#primary, this.standby]
    await this.#hostOf(lost).lose()
    await delay(DETECTION_MS)
    await this.#promote(heir)
    await delay(forMs)
    await this.#revive(lost)
  }

  /** The standby's host is lost for a while. */
  async loseStandby(forMs: number): Promise<void> {
    await this.#requireWhole()
    const lost = this.standby
    await this.#hostOf(lost).lose()
    await delay(DETECTION_MS)
    await this.#waitForNobody()
    await delay(forMs)
    await this.#revive(lost)
  }

  /** The newest of its processes that serve clients. Throws when it has none. */
  async backendOn(name: HostName): Promise<number> {
    const one = postgresNames.find((known) => known === name)
    const children = one === undefined ? [] : await childrenOf(this.#hostOf(one).pidOf('postgres'))
    const backend = children.findLast(({ command }) => command.includes('orderline'))
    if (backend === undefined) throw new Error(`${name} serves nobody`)
    return backend.pid
  }

  /** Runs SQL on the primary's own host. */
  sql(text: string): Promise<string> {
    return this.#sqlOn(this.#primary, text)
  }

  async #found(): Promise<void> {
    const { network, hosts } = this.#pair
    const folder = this.#emptyFolder(this.#primary)
    const host = hosts[this.#primary]
    await this.#tool(host, 'initdb', '-D', folder, '-U', 'orderline', '--auth=trust', '-E', 'UTF8', '--no-locale', '-N')
    writeFileSync(join(folder, 'pg_hba.conf'), HBA)
    this.#keep(this.#primary)
    await untilDone(() => this.#tool(host, 'createdb', '-h', '127.0.0.1', '-U', 'orderline', 'orderline'), ATTEMPTS)
    await network.move(DATABASE_ADDRESS, this.#primary)
  }

  async #promote(heir: PostgresName): Promise<void> {
    await this.#sqlOn(heir, 'SELECT pg_promote()')
    this.#primary = heir
    await this.#waitForNobody()
    await this.#pair.network.move(DATABASE_ADDRESS, heir)
  }

  async #revive(lost: PostgresName): Promise<void> {
    await this.#hostOf(lost).boot()
    await this.#pair.network.plug(lost)
    await this.#followAgain(lost)
  }

  /** A host begins as the standby, with a new copy of everything, and from then on is waited for. */
  async #followAgain(name: PostgresName): Promise<void> {
    const from = ['-h', addressOf(this.#primary), '-U', 'orderline']
    await untilDone(async () => {
      const folder = this.#emptyFolder(name)
      await this.#tool(this.#hostOf(name), 'pg_basebackup', ...from, '-D', folder, '-R', '-c', 'fast', '-N')
    }, ATTEMPTS)
    this.#keep(name)
    await untilDone(() => this.#requireStreaming(), ATTEMPTS)
    await this.#setAndReload('*')
    await untilDone(() => this.#requireWhole(), ATTEMPTS)
  }

  #waitForNobody(): Promise<void> {
    return this.#setAndReload('')
  }

  async #setAndReload(names: '' | '*'): Promise<void> {
    // One statement each: a commit of its own would wait for whom it is about.
    await untilDone(() => this.sql(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`), ATTEMPTS)
    await untilDone(() => this.sql('SELECT pg_reload_conf()'), ATTEMPTS)
  }

  async #requireStreaming(): Promise<void> {
    const count = await this.sql(`SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'`)
    if (count === '0') throw new Error('the standby does not follow')
  }

  async #requireWhole(): Promise<void> {
    const count = await this.sql(
      `SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'`,
    )
    if (count === '0') throw new Error('the standby may lack something')
  }

  #keep(name: PostgresName): void {
    const { programs, hear } = this.#pair
    const args = [
      '-D',
      this.#folderOf(name),
      ...Object.entries(SETTINGS).flatMap(([key, to]) => ['-c', `${key}=${to}`]),
    ]
    const command = join(programs, 'postgres')
    this.#hostOf(name).keep({
      name: 'postgres',
      command,
      args,
      isNobody: true,
      hear: (line) => hear(name, line),
    })
  }

  #sqlOn(name: PostgresName, text: string): Promise<string> {
    return this.#tool(this.#hostOf(name), 'psql', '-h', '127.0.0.1', '-U', 'orderline', 'orderline', '-XAtqc', text)
  }

  #tool(host: Host, program: string, ...args: string[]): Promise<string> {
    return host.run(join(this.#pair.programs, program), args, { isNobody: true })
  }

  #hostOf(name: PostgresName): Host {
    return this.#pair.hosts[name]
  }

  #folderOf(name: PostgresName): string {
    return join(this.#pair.folder, name)
  }

  #emptyFolder(name: PostgresName): string {
    const folder = this.#folderOf(name)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, NOBODY.uid, NOBODY.gid)
    return folder
  }
}

const HBA = ['127.0.0.1/32', '10.77.0.0/24']
  .map((from) => `host all all ${from} trust\nhost replication all ${from} trust\n`)
  .join('')

const SETTINGS = {
  ...{ listen_addresses: '*', unix_socket_directories: '', max_connections: '200', shared_buffers: '64MB' },
  ...{ wal_level: 'replica', max_wal_senders: '5', wal_keep_size: '256MB', hot_standby: 'on' },
  ...{ wal_sender_timeout: '5s', wal_receiver_timeout: '5s', wal_retrieve_retry_interval: '500ms' },
  ...{
    track_commit_timestamp: 'on',
    tcp_keepalives_idle: '5',
    tcp_keepalives_interval: '2',
    tcp_keepalives_count: '3',
  },
}
