import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import BetterSqlite3 from 'better-sqlite3'
import { begin } from './begin.ts'
import { sqlOn } from './prepared-sql.ts'
import type { Sql } from './sql.ts'
import { asStoreFailure } from './store-failure.ts'

export type Adapter = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>
type Transaction = Awaited<ReturnType<Adapter['startTransaction']>>
export type Driver = BetterSqlite3.Database
type Mode = 'write' | 'read' | 'migrate'

const FULL = 2
const OPEN_LIMIT_MS = 10_000 // for the lock, at the start: services that share a file start together
const LOCK_LIMIT_MS = 5_000 // for the lock, later, without holding up this thread
const SHUT_LIMIT_MS = 250 // once it was in vain: whoever stands in line need not wait as long again
const READ_LIMIT_MS = 20 // readers do not need the lock, but for moments

/**
 * Prisma's SQLite adapter, except that each connection it opens is durable: WAL and `synchronous=FULL`,
 * checked before anyone uses it, so that a commit that has returned survives a power cut. A `read` connection cannot
 * write; on the others one transaction at a time may be open.
 */
export class DurableSqlite extends PrismaBetterSqlite3 {
  readonly #mode: Mode
  #isShut = false
  #connected: Promise<Adapter> | undefined
  #opened: { driver: Driver; sql: Sql } | undefined

  constructor(file: string, mode: Mode) {
    mkdirSync(dirname(file), { recursive: true })
    super({ url: `file:${file}`, timeout: OPEN_LIMIT_MS })
    this.#mode = mode
  }

  /** There is one connection: we open it, and Prisma, which is slow to start, is given it when it is first used. */
  override connect(): Promise<Adapter> {
    this.#connected ??= this.#connect()
    return this.#connected
  }

  async #connect(): Promise<Adapter> {
    const connection = await super.connect()
    const driver = driverOf(connection)
    await makeDurable(connection)
    // Lists and RETURNING are temporary tables, of a few rows; the indexes that a migration sorts may be large.
    if (this.#mode !== 'migrate') await connection.executeScript('PRAGMA temp_store = MEMORY')
    if (this.#mode === 'read') await connection.executeScript('PRAGMA query_only = ON')
    else connection.startTransaction = async () => partOfOurs(connection, driver)
    const waitMs = { migrate: OPEN_LIMIT_MS, read: READ_LIMIT_MS, write: 0 } // see `begin`
    await connection.executeScript(`PRAGMA busy_timeout = ${waitMs[this.#mode]}`)
    this.#opened = { driver, sql: sqlOn(driver) }
    return connection
  }

  /** Closes it, whether or not Prisma has done so. */
  async close(): Promise<void> {
    await (await this.#connected)?.dispose()
  }

  /** SQL on the connection, in whatever transaction is open there. */
  get sql(): Sql {
    return this.#open().sql
  }

  /**
   * Runs `work`, and all that Prisma does on this connection meanwhile, in one transaction; rolls back when it throws.
   * `work` waits for nothing but its own statements. IMMEDIATE takes the write lock at once, and waits for it: to read
   * first and write later may be refused, because a second process wrote in between. Throws `StoreFailure` when the
   * file cannot be written.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    const { driver } = this.#open()
    await begin(driver, this.#isShut ? SHUT_LIMIT_MS : LOCK_LIMIT_MS).catch((failure) => {
      this.#isShut = true
      throw failure
    })
    this.#isShut = false
    try {
      const result = await work()
      driver.exec('COMMIT')
      return result
    } catch (cause) {
      if (driver.inTransaction) driver.exec('ROLLBACK') // some errors end it by themselves
      throw asStoreFailure(cause) ?? cause
    }
  }

  #open() {
    if (this.#opened === undefined) throw new Error('the file is not open')
    return this.#opened
  }
}

/** The adapter keeps its driver in a field that its types leave out. */
function driverOf(connection: Adapter): Driver {
  if ('client' in connection && connection.client instanceof BetterSqlite3) return connection.client
  throw new Error('the adapter of Prisma no longer has its driver in `client`')
}

/** What Prisma would begin and end for one of its own calls is part of the transaction that is open already. */
function partOfOurs(connection: Adapter, driver: Driver): Transaction {
  if (!driver.inTransaction) throw new Error('nothing is written outside `transaction`')
  return {
    provider: connection.provider,
    adapterName: connection.adapterName,
    options: { usePhantomQuery: true }, // it shall not send COMMIT or ROLLBACK
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
