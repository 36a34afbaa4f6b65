import { join } from 'node:path'
import type { Service } from '../../shared/routes.ts'
import type { Place } from '../../shared/store/place.ts'
import { DurableSqlite } from '../../shared/store/sqlite.ts'
import { numberIn } from '../postgres/number-in.ts'
import { connectPostgres } from '../postgres/with-postgres.ts'
import { stations } from '../stations.ts'

/** Answers questions about the tables of the services, each with one number. */
export type Reader = {
  ask(service: Service, question: string): Promise<number>
  /** How many mails have been sent since the shop was made. */
  countMails: string
  close(): Promise<void>
}

/** Mails are never deleted, so their number is that of the last row. */
const LAST_MAIL = 'SELECT COALESCE(MAX(rowid), 0) FROM "Mail"'

/** The SQLite files of a shop, over connections that only read. */
export async function readSqlite(folder: Place): Promise<Reader> {
  const open = async (service: Service) =>
    [service, await new DurableSqlite(join(folder, `${service}.db`), 'read').connect()] as const
  const files = new Map(await Promise.all(stations.map(open)))
  return {
    countMails: LAST_MAIL,
    ask: async (service, sql) => {
      const result = await files.get(service)?.queryRaw({ sql, args: [], argTypes: [] })
      return Number(result?.rows[0]?.[0])
    },
    close: async () => {
      for (const file of files.values()) await file.dispose()
    },
  }
}

/** The schemas of a shop in PostgreSQL. */
export async function readPostgres(url: Place): Promise<Reader> {
  const client = await connectPostgres(url)
  return {
    countMails: 'SELECT COUNT(*) FROM "Mail"',
    ask: async (service, question) => {
      await client.query(`SET search_path = "${service}"`)
      return numberIn(client, question)
    },
    close: () => client.end(),
  }
}
