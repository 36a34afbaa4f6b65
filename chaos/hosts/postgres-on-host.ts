import { chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { childrenOf } from '../processes.ts'
import { untilDone } from '../until-done.ts'
import type { Host } from './host.ts'

const NOBODY = { uid: 65_534, gid: 65_534 }
export const ATTEMPTS = 150 // 0.2 s apart

/** What one server needs: its host, where its programs are, and a folder for it. */
type Place = { host: Host; programs: string; folder: string }

/** PostgreSQL on one host, started again whenever it dies. Its folder is begun anew as the first one, or as a copy of another. */
export class PostgresOnHost {
  readonly #place: Place

  constructor(place: Place) {
    this.#place = place
  }

  get host(): Host {
    return this.#place.host
  }

  /** Begins as a server of its own, with an empty database. */
  async found(): Promise<void> {
    const { folder } = this.#place
    this.#empty()
    await this.#tool('initdb', '-D', folder, '-U', 'orderline', '--auth=trust', '-E', 'UTF8', '--no-locale', '-N')
    writeFileSync(join(folder, 'pg_hba.conf'), HBA)
    this.#keep()
    await untilDone(() => this.#tool('createdb', '-h', '127.0.0.1', '-U', 'orderline', 'orderline'), ATTEMPTS)
  }

  /** Begins as the standby of the server at that address, with a copy of everything. */
  async follow(address: string): Promise<void> {
    const from = ['-h', address, '-U', 'orderline']
    await untilDone(() => {
      this.#empty()
      return this.#tool('pg_basebackup', ...from, '-D', this.#place.folder, '-R', '-c', 'fast', '-N')
    }, ATTEMPTS)
    this.#keep()
  }

  /** Runs SQL on its own host. */
  sql(text: string): Promise<string> {
    return this.#tool('psql', '-h', '127.0.0.1', '-U', 'orderline', 'orderline', '-XAtqc', text)
  }

  /** The newest of its processes that serve clients. Throws when it has none. */
  async backend(): Promise<number> {
    const children = await childrenOf(this.host.pidOf('postgres'))
    const backend = children.findLast(({ command }) => command.includes('orderline'))
    if (backend === undefined) throw new Error(`${this.host.name} serves nobody`)
    return backend.pid
  }

  #keep(): void {
    const { host, programs, folder } = this.#place
    const settings = Object.entries(SETTINGS).flatMap(([key, to]) => ['-c', `${key}=${to}`])
    const args = ['-D', folder, ...settings]
    host.keep({ name: 'postgres', command: join(programs, 'postgres'), args, isNobody: true })
  }

  #tool(program: string, ...args: string[]): Promise<string> {
    return this.host.run(join(this.#place.programs, program), args, { isNobody: true })
  }

  #empty(): void {
    const { folder } = this.#place
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { mode: 0o700 })
    chownSync(folder, NOBODY.uid, NOBODY.gid)
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
