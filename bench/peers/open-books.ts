import { join } from 'node:path'
import Sqlite from 'better-sqlite3'

/** A file of a peer's, as durable as ours. */
export function openBooks(folder: string, name: string): Sqlite.Database {
  const file = new Sqlite(join(folder, name), { timeout: 10_000 })
  file.exec('PRAGMA journal_mode = WAL; SELECT COUNT(*) FROM sqlite_schema') // the first read makes it NORMAL
  file.exec('PRAGMA synchronous = FULL')
  return file
}
