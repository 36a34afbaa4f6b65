import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { z } from 'zod'
import { pickPorts } from '../launcher/ports.ts'
import { type LonePostgres, startLonePostgres } from '../launcher/postgres-server.ts'
import { PostgresDoor } from './postgres-door.ts'
import { childrenOf, signal } from './processes.ts'
import { untilDone } from './until-done.ts'

const ANSWER_LIMIT_MS = 4_000
const LIMITS = { connectionTimeoutMillis: ANSWER_LIMIT_MS, query_timeout: ANSWER_LIMIT_MS }

/** A PostgreSQL that is thrown away, and a door that the shop comes to it by. */
export class Postgres {
  readonly door: PostgresDoor
  readonly #server: LonePostgres
  #isUp = true
  #lastTurn: Promise<unknown> = Promise.resolve()

  private constructor(server: LonePostgres, door: PostgresDoor) {
    this.#server = server
    this.door = door
  }

  /** Starts one by the programs in that folder. Throws where there are none. */
  static async start(programs: string): Promise<Postgres> {
    if (programs === '') throw new Error('there is no PostgreSQL on this machine: say in POSTGRES_BIN where it is')
    const [port = 0, own = 0] = await pickPorts(2)
    const server = await startLonePostgres(programs, own)
    const door = new PostgresDoor(port, own)
    await door.open()
    return new Postgres(server, door)
  }

  /** For the shop. */
  get url(): string {
    const url = new URL(this.directUrl)
    url.port = String(this.door.port)
    return url.href
  }

  /** For us, whatever is wrong with the door. */
  get directUrl(): string {
    return this.#server.url
  }

  /** Runs SQL, by a connection of its own. Rejects while the server is away, or does not answer. */
  ask<T>(shape: z.ZodType<T>, sql: string, ...values: unknown[]): Promise<T[]> {
    return this.session(async (client) => (await client.query(sql, values)).rows.map((row) => shape.parse(row)))
  }

  /** The same with a session of one's own. */
  async session<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.directUrl, application_name: 'orderline-chaos', ...LIMITS })
    client.on('error', () => {}) // what is asked hears of it
    try {
      await client.connect()
      return await work(client)
    } finally {
      await client.end().catch(() => {})
    }
  }

  /** `kill -9` of all its processes: what was not committed is gone, and nobody listens. Rejects when it is dead already. */
  async kill(): Promise<void> {
    if (!this.#isUp) throw new Error('PostgreSQL is not running')
    this.#isUp = false
    const all = await this.#processes()
    this.door.shut()
    for (const pid of all) signal(pid, 'SIGKILL')
    await this.#server.stop('SIGKILL')
  }

  /** Starts it again with what is on its disk, unless it runs. */
  async revive(): Promise<void> {
    if (this.#isUp) return
    await untilDone(() => this.#server.start()) // as soon as the kernel has done away with the one before
    this.#isUp = true
    await this.door.open()
  }

  /** Stops all its processes in their tracks for a while: connections stay open, and nobody answers. */
  async freeze(forMs: number): Promise<void> {
    if (!this.#isUp) throw new Error('PostgreSQL is not running')
    const all = await this.#processes()
    for (const pid of all) signal(pid, 'SIGSTOP')
    await delay(forMs)
    for (const pid of all) signal(pid, 'SIGCONT')
  }

  /** Deeds that would undo each other, or take one for the other's work, take turns. */
  inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#lastTurn.then(work)
    this.#lastTurn = mine.catch(() => {})
    return mine
  }

  /** Lets all of it be well again. */
  async mend(): Promise<void> {
    await this.revive()
    for (const pid of await this.#processes()) signal(pid, 'SIGCONT')
    this.door.mend()
  }

  async stop(): Promise<void> {
    this.door.shut()
    await this.#server.end()
  }

  /** The first one before those that it has started: stopped, it starts no more. */
  async #processes(): Promise<number[]> {
    const pid = this.#server.pid()
    return [pid, ...(await childrenOf(pid)).map((child) => child.pid)]
  }
}
