import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { untilDone } from '../until-done.ts'
import type { Host } from './host.ts'
import { addressOf, DATABASE_ADDRESS, type HostName, type PostgresName, postgresNames } from './host-names.ts'
import type { Network } from './network.ts'
import { ATTEMPTS, PostgresOnHost } from './postgres-on-host.ts'

const DETECTION_MS = 1_500 // until a watchman believes that a host is gone

/** What a pair needs: where its programs are, and where it keeps its files. */
type Pair = { hosts: Record<PostgresName, Host>; network: Network; programs: string; folder: string }

export const DATABASE_URL = `postgresql://orderline@${DATABASE_ADDRESS}:5432/orderline`

/**
 * PostgreSQL on two hosts: nothing is committed before the standby has it, too, and when the primary's host is lost the standby
 * takes over, and the address with it. This is what a watchman as Patroni does, by its rules: it promotes only a standby that
 * has everything, and while there is none the primary goes on alone.
 */
export class PostgresPair {
  readonly #network: Network
  readonly #servers: Record<PostgresName, PostgresOnHost>
  #primary: PostgresName = 'postgres-1'

  private constructor({ hosts, network, programs, folder }: Pair) {
    const on = (name: PostgresName) => new PostgresOnHost({ host: hosts[name], programs, folder: join(folder, name) })
    this.#network = network
    this.#servers = { 'postgres-1': on('postgres-1'), 'postgres-2': on('postgres-2') }
  }

  static async start(pair: Pair): Promise<PostgresPair> {
    const started = new PostgresPair(pair)
    await started.#servers[started.#primary].found()
    await pair.network.move(DATABASE_ADDRESS, started.#primary)
    await started.#followAgain(started.#standby)
    return started
  }

  /** The primary's host is lost, the standby takes over, and after a while the lost one comes back as the new standby. Rejects where the standby may lack something. */
  async failOver(forMs: number): Promise<void> {
    await this.#requireWhole()
    const [lost, heir] = [this.#primary, this.#standby]
    await this.#servers[lost].host.lose()
    await delay(DETECTION_MS)
    await this.#promote(heir)
    await delay(forMs)
    await this.#revive(lost)
  }

  /** The standby's host is lost for a while. */
  async loseStandby(forMs: number): Promise<void> {
    await this.#requireWhole()
    const lost = this.#standby
    await this.#servers[lost].host.lose()
    await delay(DETECTION_MS)
    await this.#waitForNobody()
    await delay(forMs)
    await this.#revive(lost)
  }

  /** The newest of the processes there that serve clients. Throws when it has none. */
  backendOn(name: HostName): Promise<number> {
    const one = postgresNames.find((known) => known === name)
    if (one === undefined) throw new Error(`there is no PostgreSQL on ${name}`)
    return this.#servers[one].backend()
  }

  get #standby(): PostgresName {
    return this.#primary === 'postgres-1' ? 'postgres-2' : 'postgres-1'
  }

  async #promote(heir: PostgresName): Promise<void> {
    await this.#servers[heir].sql('SELECT pg_promote()')
    this.#primary = heir
    await this.#waitForNobody()
    await this.#network.move(DATABASE_ADDRESS, heir)
  }

  async #revive(lost: PostgresName): Promise<void> {
    await this.#servers[lost].host.boot()
    await this.#network.plug(lost)
    await this.#followAgain(lost)
  }

  /** A host begins as the standby, with a new copy of everything, and from then on is waited for. */
  async #followAgain(name: PostgresName): Promise<void> {
    await this.#servers[name].follow(addressOf(this.#primary))
    await untilDone(() => this.#requireStreaming(), ATTEMPTS)
    await this.#setAndReload('*')
    await untilDone(() => this.#requireWhole(), ATTEMPTS)
  }

  #waitForNobody(): Promise<void> {
    return this.#setAndReload('')
  }

  async #setAndReload(names: '' | '*'): Promise<void> {
    // One statement each: a commit of its own would wait for whom it is about.
    await untilDone(() => this.#sql(`ALTER SYSTEM SET synchronous_standby_names = '${names}'`), ATTEMPTS)
    await untilDone(() => this.#sql('SELECT pg_reload_conf()'), ATTEMPTS)
  }

  async #requireStreaming(): Promise<void> {
    const count = await this.#sql(`SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'`)
    if (count === '0') throw new Error('the standby does not follow')
  }

  async #requireWhole(): Promise<void> {
    const count = await this.#sql(
      `SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND sync_state = 'sync'`,
    )
    if (count === '0') throw new Error('the standby may lack something')
  }

  #sql(text: string): Promise<string> {
    return this.#servers[this.#primary].sql(text)
  }
}
