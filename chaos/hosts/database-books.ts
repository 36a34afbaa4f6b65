import pg from 'pg'
import { z } from 'zod'
import { auditDatabase } from '../../audit/audit.ts'
import type { Service } from '../../shared/routes.ts'
import { gatewayLeft } from '../gateway-left.ts'
import { UNSEEN, type WorkLeft } from '../work-left.ts'

const found = z.object({
  placed: z.coerce.number(),
  open: z.coerce.number(),
  messages: z.coerce.number(),
  most: z.coerce.number(),
})

/** What is still to be done, by the database of a shop, which may be away; `services` are those that run. */
export class DatabaseBooks {
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
    return gatewayLeft(this.#dataDir, () => auditDatabase(this.#url, this.#dataDir, { atRest: true }))
  }

  async close(): Promise<void> {
    await this.#pool.end()
  }
}

/** What waits for a service that this shop does without is no work. */
function workIn(services: readonly Service[]): string {
  const named = services.map((service) => `'${service}'`).join(', ')
  const outboxes = services.map((service) => `SELECT queue, pushes FROM "${service}"."Outbox"`).join(' UNION ALL ')
  return `
    SELECT placed, open, messages + untold AS messages, most FROM
      (SELECT COUNT(*) FILTER (WHERE sale IS NULL) AS placed, COUNT(*) FILTER (
        WHERE state = 'placed' OR (state IN ('reserved', 'paying', 'declined') AND "payBy" <= $1::bigint)) AS open
      FROM "order"."Order") AS orders,
      (SELECT COUNT(*) AS messages, COALESCE(MAX(pushes), 0) AS most FROM (${outboxes}) AS outboxes
      WHERE substring(queue FROM '^[a-z]+') IN (${named})) AS waiting,
      (SELECT COUNT(*) AS untold FROM "inventory"."Stock" WHERE told IS DISTINCT FROM available) AS stock`
}
