import pg from 'pg'
import { z } from 'zod'
import { audit } from '../audit/audit.ts'
import { type Copy, copyDatabase } from '../audit/copy-database.ts'
import { services as all, type Service } from '../shared/routes.ts'
import { receiversFrom } from '../shared/ways.ts'
import type { Books } from './books.ts'
import { gatewayLeft } from './gateway-left.ts'
import { resting, UNSEEN, type WorkLeft } from './work-left.ts'
import { BESIDE } from './write-lines.ts'

const found = z.object({
  placed: z.coerce.number(),
  open: z.coerce.number(),
  messages: z.coerce.number(),
  most: z.coerce.number(),
})
const count = z.object({ count: z.coerce.number() })

/** What is in the database of a shop, which may be away; `services` are those that run. */
export class DatabaseBooks implements Books {
  readonly #pool: pg.Pool
  readonly #url: string
  readonly #dataDir: string
  readonly #sql: string

  constructor(url: string, dataDir: string, services: readonly Service[]) {
    this.#url = url
    this.#dataDir = dataDir
    this.#sql = workIn(services)
    this.#pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 2_000, query_timeout: 4_000 })
    this.#pool.on('error', () => {}) // it is us who take it away
  }

  /** While it cannot be read, there is work left. What its customer can pay until a time later than `untilMs` is no work. */
  async workSeen(untilMs = Date.now()): Promise<WorkLeft> {
    try {
      const { rows } = await this.#pool.query(this.#sql, [untilMs])
      const { most, ...left } = found.parse(rows[0])
      return { ...left, mostPushes: most }
    } catch {
      return UNSEEN
    }
  }

  gatewayLeft(): Promise<number> {
    const audited = () => this.#copied(({ dataDir, seen }) => audit(dataDir, { atRest: true, seen }), resting)
    return gatewayLeft(this.#dataDir, audited)
  }

  async linesKept(): Promise<number> {
    try {
      const { rows } = await this.#pool.query(LINES)
      return count.parse(rows[0]).count
    } catch {
      return 0 // it is away
    }
  }

  /** Of a copy: who reads files need not know. */
  read<T>(look: (dataDir: string) => T, only?: readonly Service[]): Promise<T> {
    return this.#copied(({ dataDir }) => look(dataDir), only)
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }

  // The lines that logs keeps are most of what there is: who looks again and again leaves them out.
  async #copied<T>(look: (copy: Copy) => T, only?: readonly Service[]): Promise<T> {
    const copy = await copyDatabase(this.#url, this.#dataDir, only)
    try {
      return look(copy)
    } finally {
      copy.remove()
    }
  }
}

const LINES = `SELECT COALESCE(SUM(lines), 0) AS count FROM "logs"."Run" WHERE service = '${BESIDE}'`

/** What waits for a service that this shop does without is no work. */
function workIn(services: readonly Service[]): string {
  const named = services.map((service) => `'${service}'`).join(', ')
  const outboxes = services.map((service) => `SELECT queue, pushes FROM "${service}"."Outbox"`).join(' UNION ALL ')
  return `
    SELECT placed, open, messages + untold + retelling AS messages, most FROM
      (SELECT COUNT(*) FILTER (WHERE sale IS NULL) AS placed, COUNT(*) FILTER (
        WHERE state = 'placed' OR (state IN ('reserved', 'paying', 'declined') AND "payBy" <= $1::bigint)) AS open
      FROM "order"."Order") AS orders,
      (SELECT COUNT(*) AS messages, COALESCE(MAX(pushes), 0) AS most FROM (${outboxes}) AS outboxes
      WHERE substring(queue FROM '^[a-z]+') IN (${named})) AS waiting,
      (SELECT COUNT(*) AS untold FROM "inventory"."Stock" WHERE told IS DISTINCT FROM available) AS stock,
      (${services.includes('live') ? retellingBy(services) : 'SELECT 0 AS retelling'}) AS live`
}

/** How many services have still to tell live all history, for it has lost its database. */
function retellingBy(services: readonly Service[]): string {
  const senders = all.filter((sender) => services.includes(sender) && receiversFrom(sender).includes('live'))
  const heard = senders.map((sender) => `SELECT value::json AS told FROM "${sender}"."Meta" WHERE key = 'heard:live'`)
  return `
    SELECT COUNT(*) AS retelling FROM (${heard.join(' UNION ALL ')}) AS heard
    WHERE told->>'pass' IS NOT NULL OR (told->>'database' IS NOT NULL
      AND told->>'database' <> (SELECT value FROM "live"."Meta" WHERE key = 'id'))`
}
