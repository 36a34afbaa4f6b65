import { Outage } from '../events.ts'

/**
 * The database itself cannot be read or written now: its disk is full, its file is locked, damaged, gone or read-only.
 * What was asked of it is tried again for as long as that lasts. `code` is SQLite's, https://www.sqlite.org/rescode.html,
 * or PostgreSQL's, https://www.postgresql.org/docs/current/errcodes-appendix.html.
 */
export class StoreFailure extends Outage {
  override name = 'StoreFailure'
  readonly code: string

  constructor(code: string, cause: unknown) {
    super(`the database cannot be used: ${WORDS.get(kindOf(code)) ?? kindOf(code)}`, { cause })
    this.code = code
  }
}

const WORDS = new Map([
  ['SQLITE_FULL', 'the disk is full'],
  ['SQLITE_IOERR', 'its disk fails'],
  ['SQLITE_BUSY', 'another process has locked its file'],
  ['SQLITE_LOCKED', 'another process has locked its file'],
  ['SQLITE_CORRUPT', 'its file is damaged'],
  ['SQLITE_NOTADB', 'its file is damaged'],
  ['SQLITE_CANTOPEN', 'its file cannot be opened'],
  ['SQLITE_READONLY', 'its file is read-only'],
  ['SQLITE_PROTOCOL', 'another process has locked its file'],
  ['08', 'its server does not answer'],
  ['25', 'its server takes no writes'],
  ['40', 'others write there at the same time'],
  ['53', 'its server has no room left'],
  ['55', 'others write there at the same time'],
  ['57', 'its server shuts down or starts'],
  ['58', 'the disk of its server fails'],
  ['XX', 'its data are damaged'],
])

/** The same error as a `StoreFailure`, if it is the store's own and not that of what was asked of it. */
export function asStoreFailure(error: unknown): StoreFailure | null {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof StoreFailure) return at
  const code = codeIn(error, DEPTH_MAX)
  return code !== null && WORDS.has(kindOf(code)) ? new StoreFailure(code, error) : null
}

const DEPTH_MAX = 5 // Prisma wraps what the driver throws a few times

/** SQLite's driver says it in `code`; Prisma's adapter keeps that somewhere below. */
function codeIn(error: unknown, depth: number): string | null {
  if (typeof error !== 'object' || error === null || depth === 0) return null
  for (const key of ['code', 'originalCode']) {
    const value = Reflect.get(error, key)
    if (typeof value === 'string' && value.startsWith('SQLITE_')) return value
  }
  for (const key of ['cause', 'meta', 'driverAdapterError']) {
    const found = codeIn(Reflect.get(error, key), depth - 1)
    if (found !== null) return found
  }
  return null
}

/** The class of an extended code of SQLite, or of one of PostgreSQL. */
const kindOf = (code: string) => (code.startsWith('SQLITE_') ? code.split('_').slice(0, 2).join('_') : code.slice(0, 2))
