import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { type Adapter, assertDurable } from '../../../shared/store/sqlite.ts'

/**
 * Prisma's SQLite adapter as it comes, with transactions that wait for each other, and set as durable as ours: the
 * read in the middle is needed, for the first one of a WAL file makes it `synchronous=NORMAL`.
 */
export class DurableAdapter extends PrismaBetterSqlite3 {
  constructor(file: string) {
    super({ url: `file:${file}`, timeout: 10_000 })
  }

  override async connect(): Promise<Adapter> {
    const connection = await super.connect()
    await connection.executeScript('PRAGMA journal_mode = WAL; SELECT COUNT(*) FROM sqlite_schema')
    await connection.executeScript('PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA mmap_size = 0')
    await assertDurable(connection)
    return connection
  }
}
