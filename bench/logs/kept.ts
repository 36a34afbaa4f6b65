import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { SqliteFile } from '../../audit/sqlite-file.ts'

/** What is kept of one run's lines: how many there are, of how many different numbers, and when the newest of them was written. */
export type Kept = { lines: number; numbers: number; lastAt: number }

const kept = z.object({ lines: z.int(), numbers: z.int(), lastAt: z.int().nullable() })
const noted = z.object({ lines: z.int(), lastAt: z.int() })
const total = z.object({ seq: z.int().nullable() })
const LIMIT_MS = 10 * 60_000
const LOOK_EVERY_MS = 50

/** The books of `logs` in the folder of a shop, read from beside. */
export class KeptLines {
  readonly #file: SqliteFile

  /** Throws when they are not there. */
  constructor(folder: string) {
    const path = join(folder, 'logs.db')
    if (!existsSync(path)) throw new Error(`nobody collects lines in ${folder}`)
    this.#file = new SqliteFile(path)
  }

  /** Counts the lines themselves. */
  of(run: string): Kept {
    const sql = 'SELECT COUNT(*) AS lines, COUNT(DISTINCT n) AS numbers, MAX(at) AS "lastAt" FROM "Line" WHERE run = ?'
    const [found] = this.#file.rows(kept, sql, run)
    return { lines: found?.lines ?? 0, numbers: found?.numbers ?? 0, lastAt: found?.lastAt ?? 0 }
  }

  /** What `logs` has noted of a run, which costs next to nothing to ask. */
  noted(run: string): { lines: number; lastAt: number } {
    const [found] = this.#file.rows(noted, 'SELECT lines, "lastAt" FROM "Run" WHERE run = ?', run)
    return found ?? { lines: 0, lastAt: 0 }
  }

  /** Of all runs, what has been forgotten too. */
  total(): number {
    return [...this.#file.rows(total, 'SELECT MAX(seq) AS seq FROM "Line"')][0]?.seq ?? 0
  }

  /** Resolves when so many lines of a run are kept. */
  async until(run: string, lines: number): Promise<void> {
    for (const untilMs = Date.now() + LIMIT_MS; this.noted(run).lines < lines; await delay(LOOK_EVERY_MS))
      if (Date.now() > untilMs) throw new Error(`only ${this.noted(run).lines} of ${lines} lines are kept`)
  }

  /** How old (ms) the newest kept line of a run was, each time it looked, until `work` is done. */
  async agesDuring(run: string, work: Promise<unknown>): Promise<number[]> {
    const ages: number[] = []
    let isOver = false
    const end = () => {
      isOver = true
    }
    work.then(end, end)
    for (; !isOver; await delay(LOOK_EVERY_MS)) {
      const { lines, lastAt } = this.noted(run)
      if (lines > 0) ages.push(Date.now() - lastAt)
    }
    return ages
  }

  close(): void {
    this.#file.close()
  }
}
