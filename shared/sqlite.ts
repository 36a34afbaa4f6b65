import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'

export type Adapter = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>
type Mode = 'write' | 'read'

/** Raw, set-based SQL: all the protocol needs of a Prisma client or transaction. */
export type Sql = {
  $queryRaw<T = unknown>(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<T>
  $executeRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<number>
}

const FULL = 2

/**
 * Prisma's SQLite adapter, except that each connection it opens is durable: WAL and `synchronous=FULL`,
 * checked before anyone uses it, so that a commit that has returned survives a power cut. Dates are stored
 * as integer ms. A `read` connection cannot write; on a `write` connection one transaction at a time may be open.
 */
export class DurableSqlite extends PrismaBetterSqlite3 {
  readonly #mode: Mode
  #connection: Adapter | undefined

  constructor(file: string, mode: Mode) {
    mkdirSync(dirname(file), { recursive: true })
    super({ url: `file:${file}`, timeout: 10_000 }, { timestampFormat: 'unixepoch-ms' })
    this.#mode = mode
  }

  override async connect(): Promise<Adapter> {
    const connection = await super.connect()
    await makeDurable(connection)
    if (this.#mode === 'read') await connection.executeScript('PRAGMA query_only = ON')
    else connection.startTransaction = () => beginImmediate(connection)
    this.#connection = connection
    return connection
  }

  /** SQL on the connection opened last, in whatever transaction is open there, with values as the driver has them. */
  readonly sql: Sql = {
    $executeRaw: async (query, ...values) => this.#open().executeRaw(bound(query, values)),
    $queryRaw: async <T>(query: TemplateStringsArray, ...values: unknown[]) => {
      const { columnNames, rows } = await this.#open().queryRaw(bound(query, values))
      return rows.map((row) => Object.fromEntries(columnNames.map((name, i) => [name, row[i]]))) as T // says the caller
    },
  }

  #open(): Adapter {
    if (this.#connection === undefined) throw new Error('the file is not open')
    return this.#connection
  }
}

const AS_IT_IS = { scalarType: 'unknown', arity: 'scalar' } as const

function bound(query: TemplateStringsArray, values: unknown[]) {
  return { sql: query.join('?'), args: values, argTypes: values.map(() => AS_IT_IS) }
}

/**
 * Prisma's BEGIN is deferred: read first and write later, and SQLite may refuse the write because a second process
 * wrote in between. IMMEDIATE takes the write lock at once, and waits for it. Prisma sends COMMIT and ROLLBACK itself.
 */
async function beginImmediate(connection: Adapter): Promise<Transaction> {
  await connection.executeScript('BEGIN IMMEDIATE')
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    options: { usePhantomQuery: false },
    queryRaw: (query) => connection.queryRaw(query),
    executeRaw: (query) => connection.executeRaw(query),
    commit: async () => {},
    rollback: async () => {},
  }
}

async function makeDurable(connection: Adapter): Promise<void> {
  await pragma(connection, 'journal_mode = WAL')
  // The bundled SQLite falls back to NORMAL at the first read of a WAL file: read first, set after.
  await pragma(connection, 'user_version')
  await connection.executeScript('PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA mmap_size = 0')
  await assertDurable(connection)
}

/** Throws unless the connection writes ahead and waits for the disk at every commit. */
export async function assertDurable(connection: Adapter): Promise<void> {
  const journal = await pragma(connection, 'journal_mode')
  const synchronous = Number(await pragma(connection, 'synchronous'))
  if (journal === 'wal' && synchronous === FULL) return
  throw new Error(`SQLite is not durable: journal_mode=${journal}, synchronous=${synchronous}`)
}

async function pragma(connection: Adapter, text: string): Promise<unknown> {
  const { rows } = await connection.queryRaw({ sql: `PRAGMA ${text}`, args: [], argTypes: [] })
  return rows[0]?.[0]
}
