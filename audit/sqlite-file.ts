import Sqlite from 'better-sqlite3'
import type { z } from 'zod'
import { Unusable } from './unusable.ts'

const BUSY_WAIT_MS = 10_000 // the writer holds a lock for moments only

/** One service's SQLite file, open for reading while the service may go on writing. */
export class SqliteFile {
  readonly #path: string
  readonly #connection: Sqlite.Database
  #version: unknown

  /** Throws `Unusable` when the file cannot be opened; waits for a writer so long, in which this process does nothing else. */
  constructor(path: string, waitMs = BUSY_WAIT_MS) {
    this.#path = path
    this.#connection = this.#try(() => new Sqlite(path, { readonly: true, fileMustExist: true, timeout: waitMs }))
  }

  /** Lets queries name the tables of another file, as `"name"."Table"`. */
  attach(name: string, path: string): void {
    this.#try(() => this.#connection.prepare(`ATTACH ? AS "${name}"`).run(path))
  }

  /** Runs `read` on one consistent state of the file. Throws `Unusable` when it finds something else in there. */
  snapshot<T>(read: (file: SqliteFile) => T): T {
    return this.#try(() => {
      this.#connection.exec('BEGIN')
      this.#version = this.#dataVersion()
      const found = read(this)
      this.#connection.exec('COMMIT')
      return found
    })
  }

  /** The rows of a query, one after the other. */
  *rows<T>(shape: z.ZodType<T>, sql: string, ...parameters: unknown[]): Generator<T> {
    for (const row of this.#connection.prepare(sql).iterate(...parameters)) yield shape.parse(row)
  }

  /** True while nobody has written to the file since the last snapshot. */
  isUnchanged(): boolean {
    return this.#try(() => this.#dataVersion() === this.#version)
  }

  close(): void {
    this.#connection.close()
  }

  /** SQLite's own count of commits by others: https://www.sqlite.org/pragma.html#pragma_data_version */
  #dataVersion(): string {
    return JSON.stringify(this.#connection.prepare('PRAGMA data_version').get())
  }

  #try<T>(work: () => T): T {
    try {
      return work()
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Unusable(`${this.#path} cannot be read: ${reason}`, { cause })
    }
  }
}
