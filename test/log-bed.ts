import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import pino from 'pino'
import { v7 as uuidv7 } from 'uuid'
import { countErrors } from '../services/logs/count-errors.ts'
import { type Client, openLogs } from '../services/logs/db.ts'
import { keepLines } from '../services/logs/keep-lines.ts'
import { noteProgress } from '../services/logs/progress.ts'
import { countLines } from '../services/logs/rollups.ts'
import type { Database } from '../shared/store/database.ts'

export type Said = { service: string; msg: string; time: number } & Record<string, unknown>

/** The books of logs for each test of the file, and lines as batches of a run bring them. */
export function useLogBed(): LogBed {
  const bed = new LogBed()
  beforeEach(() => bed.open())
  afterEach(() => bed.close())
  return bed
}

export class LogBed {
  /** What logs has said itself. */
  told: Record<string, unknown>[] = []
  readonly log = pino({ level: 'info' }, { write: (line: string) => void this.told.push(JSON.parse(line)) })
  #folder = ''
  #db: Database<Client> | undefined
  #n = 0

  get db(): Database<Client> {
    if (this.#db === undefined) throw new Error('the books are not open')
    return this.#db
  }

  get read(): Client {
    return this.db.read
  }

  async open(): Promise<void> {
    this.#folder = mkdtempSync(join(tmpdir(), 'orderline-log-bed-'))
    this.#db = await openLogs(this.#folder)
    this.told = []
    this.#n = 0
  }

  async close(): Promise<void> {
    await this.db.close()
    rmSync(this.#folder, { recursive: true })
  }

  /** Lines as they stand in a file, with their numbers. */
  write(said: Said[]): string[] {
    return said.map((one) => `{"run":"runs","n":${++this.#n},${JSON.stringify({ level: 30, ...one }).slice(1)}`)
  }

  /** Keeps lines, and all that follows from them, as one batch. */
  async keep(lines: string[]): Promise<void> {
    const data = { file: 'test.log', inode: '1', from: 0, to: 1, lines: `${lines.join('\n')}\n` }
    const message = {
      id: uuidv7(),
      name: 'log.collected' as const,
      subject: 'logs',
      at: Date.now(),
      attempt: 1,
      stamp: 1,
      data,
    }
    const { apply } = keepLines({ log: this.log, partBytes: 1e9, follow: [countLines, noteProgress, countErrors] })
    await this.db.write((tx) => apply(tx, [{ message, found: undefined }], () => {}))
  }

  tell = (...said: Said[]) => this.keep(this.write(said))
}
