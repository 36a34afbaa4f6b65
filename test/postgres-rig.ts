import pg from 'pg'
import { pickPorts } from '../launcher/ports.ts'
import { type LonePostgres, startLonePostgres } from '../launcher/postgres-server.ts'

/** A PostgreSQL of a test file's own, which may be hurt. */
export class Server {
  readonly #server: LonePostgres
  #databases = 0

  static async start(): Promise<Server> {
    const [port = 0] = await pickPorts(1)
    return new Server(await startLonePostgres(process.env.POSTGRES_BIN ?? '', port))
  }

  constructor(server: LonePostgres) {
    this.#server = server
  }

  /** The URL of a database that nobody has used. */
  async database(): Promise<string> {
    const name = `test_${++this.#databases}`
    await this.ask(`CREATE DATABASE ${name}`)
    return this.#server.url.replace(/[^/]*$/, name)
  }

  async ask(sql: string, url = this.#server.url): Promise<Record<string, unknown>[]> {
    const client = new pg.Client(url)
    await client.connect()
    const { rows } = await client.query(sql).finally(() => client.end())
    return rows
  }

  /** How many sessions have begun a transaction, and say nothing. */
  async idleInTransaction(): Promise<number> {
    const [row] = await this.ask("SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE state = 'idle in transaction'")
    return Number(row?.n)
  }

  /** How many sessions wait for a lock. */
  async waiting(): Promise<number> {
    const [row] = await this.ask("SELECT COUNT(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    return Number(row?.n)
  }

  /** At once, as if its machine lost power. */
  kill = () => this.#server.stop('SIGQUIT')
  again = () => this.#server.start()
  remove = () => this.#server.end()
}
