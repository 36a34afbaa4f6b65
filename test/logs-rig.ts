import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { type Client, openLogs } from '../services/logs/db.ts'
import { keepLines } from '../services/logs/keep-lines.ts'
import { createShipping } from '../services/logs/ship-loop.ts'
import type { Handler } from '../shared/handler.ts'
import { createHealth } from '../shared/health.ts'
import { LogFile } from '../shared/log-file.ts'
import type { Publish } from '../shared/protocol/outbox.ts'
import { type Pipeline, startPipeline } from '../shared/protocol/pipeline.ts'
import type { Database } from '../shared/store/database.ts'
import { whenReady } from '../shared/store/redis.ts'
import type { TestRedis } from './redis-server.ts'

type Keep = Handler<'log.collected', Client>
type Way = {
  handler?: (keep: Keep) => Keep
  publish?: (publish: Publish<Client>) => Publish<Client>
  partBytes?: number
}
type Told = { level: number; msg: string } & Record<string, unknown>

/** One process of logs, as far as a test can tell. */
type Instance = {
  db: Database<Client>
  pipeline: Pipeline<Client>
  stop(): Promise<void>
  /** Ends it before it could say a word on what it has done. */
  cut(): Promise<void>
}

/** The logs service on a folder of its own, in as many processes as a test wants, and programs that write log files. */
export class LogsRig {
  readonly folder: string
  readonly logs: string
  /** What it has logged itself. */
  readonly told: Told[] = []
  readonly log = pino({ level: 'info' }, { write: (line: string) => void this.told.push(JSON.parse(line)) })
  readonly health = createHealth(this.log)
  db: Database<Client>
  readonly #redis: TestRedis
  readonly #running = new Set<Instance>()

  static async open(redis: TestRedis): Promise<LogsRig> {
    const folder = mkdtempSync(join(tmpdir(), 'orderline-logs-'))
    return new LogsRig(folder, redis, await openLogs(folder))
  }

  constructor(folder: string, redis: TestRedis, db: Database<Client>) {
    this.folder = folder
    this.logs = join(folder, 'logs')
    this.#redis = redis
    this.db = db
    mkdirSync(this.logs)
  }

  /** Starts one more process of the service, on the same file and the same log files. */
  async start({
    handler = (keep) => keep,
    publish = (own) => own,
    partBytes = PART_BYTES,
  }: Way = {}): Promise<Instance> {
    const db = await openLogs(this.folder)
    const { log, health } = this
    const keep = handler(keepLines({ log, partBytes, follow: [] }))
    const address = this.#redis.address
    const pipeline = await startPipeline({
      service: 'logs',
      address,
      db,
      health,
      handlers: () => ({ 'log.collected': keep }),
    })
    await whenReady(pipeline.redis)
    const loop = createShipping({ folder: this.logs, db, health }).start(publish(pipeline.producer.publish))
    const instance: Instance = {
      db,
      pipeline,
      stop: async () => {
        this.#running.delete(instance)
        await loop.stop()
        await pipeline.stop()
        await db.close()
      },
      cut: async () => {
        pipeline.redis.disconnect() // its last words are heard by nobody
        await instance.stop()
      },
    }
    this.#running.add(instance)
    return instance
  }

  /** A log file as programs write it. */
  file(name: string, maxBytes?: number): LogFile {
    return new LogFile(join(this.logs, name), maxBytes)
  }

  /** What has been kept of each start of a program. */
  async runs() {
    return this.db.read.$queryRaw<{ run: string; first: number; last: number; lines: number; kept: number }[]>`
      SELECT run, first, last, lines, (SELECT COUNT(*) FROM "Line" WHERE "Line".run = "Run".run) AS kept
      FROM "Run" ORDER BY run`
  }

  /** The texts of all lines, in the order in which they were kept. */
  async texts(): Promise<string[]> {
    return (await this.db.read.$queryRaw<{ text: string }[]>`SELECT text FROM "Line" ORDER BY seq`).map(
      ({ text }) => text,
    )
  }

  async gaps() {
    return this.db.read.gap.findMany({ orderBy: { id: 'asc' } })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((one) => one.stop()))
    await this.db.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

const PART_BYTES = 1024 * 1024 * 1024

/** A line as programs of ours write it. */
export function lineOf(run: string, n: number, more: object = {}): string {
  const line = {
    level: 30,
    time: Date.now(),
    service: 'order',
    subject: `subject-${n % 7}`,
    msg: 'order.placed',
    ...more,
  }
  return `{"run":"${run}","n":${n},${JSON.stringify(line).slice(1)}\n`
}
