import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import type { Job } from '../../bench/peers/jobs/job.ts'
import { openJobs } from '../../bench/peers/jobs/open-jobs.ts'
import { openSqlJobs } from '../../bench/peers/sql-jobs/open-sql-jobs.ts'
import { placeOrders, sendingAfter, stockShop } from '../../bench/pipeline/orders.ts'
import { stations } from '../../bench/stations.ts'
import { readConfig } from '../../shared/config.ts'
import type { Emitted } from '../../shared/events.ts'
import { createLogger } from '../../shared/logger.ts'
import { receiversOf, type Service } from '../../shared/routes.ts'
import { Server } from '../postgres-rig.ts'

const ORDERS = 6
const log = createLogger('bench', 'silent')
let server: Server

beforeAll(async () => {
  server = await Server.start()
})
afterAll(() => server.remove())

describe('the peers of the bench on PostgreSQL', () => {
  it('write the same rows, one job at a time with Prisma or many with a few statements', async () => {
    const [withPrisma, withSql] = [await server.database(), await server.database()]

    await doAll(withPrisma, await byPrisma(withPrisma))
    await doAll(withSql, await bySql(withSql))

    const written = await rowsAt(withSql)
    expect(written).toEqual(await rowsAt(withPrisma))
    expect(written.slice(1).map((rows) => rows.length)).toEqual([
      ORDERS,
      ORDERS,
      ORDERS,
      3 * ORDERS,
      ORDERS,
      2 * ORDERS,
    ])
  })
})

/** How the jobs of each service are done, and what ends them. */
type Doing = { do(service: Service, jobs: Job[]): Promise<Emitted[]>; end(): Promise<void> }

/** Places orders, and does all that follows from them. */
async function doAll(url: string, doing: Doing): Promise<void> {
  let events: Emitted[] = []
  await stockShop(url, ORDERS)
  await placeOrders(url, ORDERS, (db) => sendingAfter(db, async (placed) => void events.push(...placed)))
  while (events.length > 0) {
    const follows: Emitted[] = []
    for (const service of stations) {
      const heard = events.filter(({ name }) => receiversOf(name).includes(service))
      const jobs = heard.map((event) => ({ ...event, at: 1_795_800_000_000 }))
      if (jobs.length > 0) follows.push(...(await doing.do(service, jobs)))
    }
    events = follows
  }
  await doing.end()
}

const SECRETS = {
  ORDER_KEY_SECRET: '0123456789abcdef0123456789abcdef',
  SEAL_SECRET: 'fedcba9876543210fedcba9876543210',
}
const configOf = (service: Service, url: string) => ({ ...readConfig({ DATABASE_URL: url, ...SECRETS }), service })

async function byPrisma(url: string): Promise<Doing> {
  const open = async (service: Service) => [service, await openJobs(configOf(service, url), log)] as const
  const jobsOf = new Map(await Promise.all(stations.map(open)))
  return {
    do: async (service, jobs) => (await Promise.all(jobs.map((job) => jobsOf.get(service)?.doJob(job) ?? []))).flat(),
    end: async () => {
      for (const jobs of jobsOf.values()) await jobs.close()
    },
  }
}

async function bySql(url: string): Promise<Doing> {
  const client = new pg.Client(url)
  await client.connect()
  return {
    do: (service, jobs) =>
      openSqlJobs(configOf(service, url), log).doJobs((text, values) => client.query(text, values), jobs),
    end: () => client.end(),
  }
}

/** All that they have written, but for ids, which are new each time, and what is now. */
function rowsAt(url: string) {
  return Promise.all(QUESTIONS.map((question) => server.ask(question, url)))
}

const QUESTIONS = [
  'SELECT sku, received, available FROM inventory."Stock" ORDER BY sku',
  'SELECT number, state, lines, sale FROM inventory."Reservation" ORDER BY number',
  `SELECT number, state, "totalCents", currency, "paymentMethod", tender, "chargeId" IS NULL AS free, reason
   FROM payment."Payment" ORDER BY number`,
  'SELECT seq, state, "totalCents", tender FROM "order"."Order" ORDER BY seq',
  `SELECT o.seq, event, service, e.state, attempt, detail IS NULL AS bare, split_part("messageId", '.', 2) AS message
   FROM "order"."TimelineEntry" AS e JOIN "order"."Order" AS o ON o.id = "orderId" ORDER BY o.seq, event`,
  'SELECT number, name, email, lines, "totalCents", currency, language, account, sale FROM notification."Contact" ORDER BY number',
  'SELECT kind, recipient FROM notification."Mail" ORDER BY kind, recipient',
]
