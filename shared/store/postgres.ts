import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { Undone } from './postgres-failure.ts'

type Adapter = Awaited<ReturnType<PrismaPg['connect']>>

/** Where a service's tables are: a schema of its own in a database. */
export type Schema = { url: string; name: string }

const CONNECT_LIMIT_MS = 3_000
const ANSWER_LIMIT_MS = 15_000 // longer than a statement may wait for a lock
const LIMITS = {
  idle_in_transaction_session_timeout: 2_000, // who is frozen inside a transaction holds up the others no longer
  lock_timeout: 10_000,
  statement_timeout: 14_000,
}

/** How to connect to a service's schema. A connection that only reads cannot write. */
export function configOf({ url, name }: Schema, mode: 'write' | 'read'): pg.PoolConfig {
  const readOnly = mode === 'read' ? ' -c default_transaction_read_only=on' : ''
  const address = new URL(url)
  const asked = address.searchParams.get('options') ?? '' // left there, they would take the place of ours
  address.searchParams.delete('options')
  return {
    connectionString: address.href,
    options: `${asked} -c search_path="${name}"${readOnly}`,
    application_name: `orderline ${name}`,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    query_timeout: ANSWER_LIMIT_MS,
    keepAlive: true,
    ...LIMITS,
  }
}

/** Connections that read, a few at a time. */
export function connectReaders(schema: Schema): pg.Pool {
  const pool = new pg.Pool({ ...configOf(schema, 'read'), max: READERS })
  pool.on('error', () => {}) // one that was idle is gone: the next query takes another
  return pool
}

const READERS = 4

/** What a transaction writes in "Meta" beside its own, for whoever has to ask whether it is there: its number, and when (ms). */
export type Mark = { key: string; value: string }

const MARKS = 'committed by '
const MARKS_KEPT_MS = 24 * 3_600_000

/** Removes the marks of those who have been killed, and have not written for a day. */
export async function forgetMarks(client: pg.Client): Promise<void> {
  const isOld = `key LIKE '${MARKS}%' AND CAST(split_part(value, ' ', 2) AS BIGINT) < $1`
  await client.query(`DELETE FROM "Meta" WHERE ${isOld}`, [Date.now() - MARKS_KEPT_MS])
}

/**
 * The one connection over which a line of transactions goes. It looks like a pool to Prisma, whose queries must find
 * the transaction that is open there. A connection that has ended is replaced before the next transaction.
 */
export class Connection extends pg.Pool {
  readonly #config: pg.ClientConfig
  readonly #key = `${MARKS}${randomUUID()}`
  #transactions = 0
  #client: pg.Client | undefined

  constructor(schema: Schema) {
    super(configOf(schema, 'write'))
    this.#config = configOf(schema, 'write')
  }

  /** The connection, made anew when the last one has ended. */
  async open(): Promise<pg.Client> {
    if (this.#client !== undefined) return this.#client
    const client = new pg.Client(this.#config)
    client.on('error', () => this.drop(client))
    client.on('end', () => this.drop(client))
    await client.connect()
    await assertDurable(client).catch((error) => {
      client.end().catch(() => {}) // or each try would leave one at a server that is refused
      throw error
    })
    this.#client = client
    return client
  }

  /** The connection that is open; throws where there is none, for then its transaction is gone as well. */
  get client(): pg.Client {
    if (this.#client === undefined) throw new Undone('the connection has ended')
    return this.#client
  }

  /** For the transaction that begins now. */
  nextMark(): Mark {
    return { key: this.#key, value: `${++this.#transactions} ${Date.now()}` }
  }

  /** Lets go of a connection of which nobody knows what it still does. */
  drop(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    client.end().catch(() => {})
  }

  override query = ((...query: Parameters<pg.Client['query']>) => this.client.query(...query)) as pg.Pool['query']

  override async end(): Promise<void> {
    await this.#client?.query('DELETE FROM "Meta" WHERE key = $1', [this.#key]).catch(() => {})
    await this.#client?.end().catch(() => {})
    this.#client = undefined
    await super.end()
  }
}

/** Prisma on that connection: what it would begin and end for one of its own calls is part of the open transaction. */
export class PrismaOnConnection extends PrismaPg {
  override async connect(): Promise<Adapter> {
    const adapter = await super.connect()
    adapter.startTransaction = async () => ({
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      options: { usePhantomQuery: true }, // it shall not send COMMIT or ROLLBACK
      queryRaw: (query) => adapter.queryRaw(query),
      executeRaw: (query) => adapter.executeRaw(query),
      commit: async () => {},
      rollback: async () => {},
    })
    return adapter
  }
}

/** Throws unless what has been committed there survives a power cut, and it takes writes. */
export async function assertDurable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Settings>(`
    SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages,
      current_setting('synchronous_commit') AS wait, pg_is_in_recovery() AS "isStandby"`)
  const [settings] = rows
  if (settings?.isStandby !== false) throw new pg.DatabaseError('this server is a standby', 0, 'error')
  const { fsync, pages, wait } = settings
  if (fsync === 'on' && pages === 'on' && ['on', 'remote_apply'].includes(wait)) return
  throw new Error(`PostgreSQL is not durable: fsync=${fsync}, full_page_writes=${pages}, synchronous_commit=${wait}`)
}

type Settings = { fsync: string; pages: string; wait: string; isStandby: boolean }
