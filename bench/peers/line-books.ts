import type Sqlite from 'better-sqlite3'
import { openBooks } from './open-books.ts'

/** The file in which a peer keeps lines, found by their run and number. */
export class LineBooks {
  readonly #file: Sqlite.Database

  constructor(folder: string) {
    this.#file = openBooks(folder, 'their-lines.db')
  }

  open(): void {
    this.#file.exec('CREATE TABLE line (run TEXT NOT NULL, n INTEGER NOT NULL, text TEXT NOT NULL)')
    this.#file.exec('CREATE INDEX line_run ON line (run, n)')
  }

  /** Keeps lines in one transaction. */
  keep(lines: string[]): void {
    const insert = this.#file.prepare("INSERT INTO line VALUES (@line ->> 'run', @line ->> 'n', @line)")
    this.#file.transaction(() => {
      for (const line of lines) insert.run({ line })
    })()
  }

  of(run: string): { lines: number; numbers: number } {
    const count = (what: string) =>
      Number(this.#file.prepare(`SELECT COUNT(${what}) FROM line WHERE run = ?`).pluck().get(run))
    return { lines: count('*'), numbers: count('DISTINCT n') }
  }

  close(): void {
    this.#file.close()
  }
}
