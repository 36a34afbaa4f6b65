import { setTimeout as delay } from 'node:timers/promises'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Clients, How, Store } from './database.ts'
import { inTurn } from './in-turn.ts'
import { migratePostgres } from './migrate-postgres.ts'
import { Connection, connectReaders, PrismaOnConnection, type Schema } from './postgres.ts'
import { asPostgresFailure, isCollision } from './postgres-failure.ts'
import { sqlOn } from './postgres-sql.ts'
import { transaction } from './postgres-transaction.ts'
import { type Sql, withDirectSql } from './sql.ts'

const TRIES = 10
const TRIES_LIMIT_MS = 10_000 // whoever has waited for a lock in vain has waited long enough
const PAUSE_MS = 10
const PAUSE_MAX_MS = 300

/**
 * A service's schema in the PostgreSQL database at `url`. Two lines of transactions go there, each over a connection of
 * its own: those that are `alone` in their service, in whatever process, and those `beside` them. Reads take any of a few
 * connections. Throws when what is written would not be durable.
 */
export async function openPostgresStore<Client extends Sql>(
  service: string,
  url: string,
  migrations: string,
  connect: Clients<Client>['postgresql'],
): Promise<Store<Client>> {
  const schema = { url, name: service }
  await migratePostgres(schema, migrations)
  const lines: Record<How, Line<Client>> = {
    alone: await openLine(schema, connect, turnOf(service)),
    beside: await openLine(schema, connect, 'BEGIN'),
  }
  const readers = connectReaders(schema)
  const reader = await connect(new PrismaPg(readers, { schema: service }))
  return {
    read: withDirectSql(
      reader as Client & typeof reader, // the same models, for another engine
      sqlOn((query) => readers.query(query)),
    ),
    write: (work, how) => lines[how].write(work),
    close: async () => {
      await Promise.all([lines.alone.close(), lines.beside.close()])
      await reader.$disconnect()
      await readers.end()
    },
  }
}

/** The turn: held from the beginning of a transaction to its end, by one of all processes of the service. */
const turnOf = (service: string) => `BEGIN; SELECT pg_advisory_xact_lock(hashtext('turn of ${service}'))`

type Line<Client> = { write<T>(work: (tx: Client) => Promise<T>): Promise<T>; close(): Promise<void> }

async function openLine<Client extends Sql>(
  schema: Schema,
  connect: Clients<Client>['postgresql'],
  begin: string,
): Promise<Line<Client>> {
  const connection = new Connection(schema)
  const client = await connect(new PrismaOnConnection(connection, { schema: schema.name }))
  const tx = withDirectSql(
    client as Client & typeof client, // see above
    sqlOn((query) => connection.client.query(query)),
  )
  const next = inTurn()
  return {
    write: (work) => next(() => repeated(() => transaction(connection, begin, () => work(tx)))),
    close: () =>
      next(async () => {
        await client.$disconnect()
        await connection.end()
      }),
  }
}

/** The same again, when somebody else was faster or nothing of it is there: from the beginning it comes out right. */
async function repeated<T>(work: () => Promise<T>): Promise<T> {
  const until = performance.now() + TRIES_LIMIT_MS
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      const isLast = tries === TRIES || performance.now() > until
      if (isLast || !isCollision(error)) throw asPostgresFailure(error)
      await delay(Math.random() * Math.min(PAUSE_MS * 2 ** tries, PAUSE_MAX_MS))
    }
  }
}
