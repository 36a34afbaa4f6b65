import { migrate } from './migrate.ts'
import { type Adapter, DurableSqlite, type Sql } from './sqlite.ts'

export type { Sql } from './sqlite.ts'

/** The client Prisma generates, as far as it matters here. */
type PrismaLike = { $connect(): Promise<void>; $disconnect(): Promise<void> }

/**
 * One service's SQLite file. All writes of the process go, first in first out, through `write`; everything
 * else reads through `read`, a client of its own: on a shared client a plain write would run inside whatever
 * transaction is open and vanish when that one rolls back.
 */
export type Database<Client> = {
  read: Client
  /** Runs `work` in one transaction and resolves after the fsync of its commit; rolls back when it throws. */
  write<T>(work: (tx: Client) => Promise<T>): Promise<T>
  /** Has `hear` called after each commit of this process. */
  onCommit(hear: () => void): void
  close(): Promise<void>
}

/**
 * Opens `file`, applies pending migrations from `migrations`, and connects two clients made by `connect`
 * (`(adapter) => new PrismaClient({ adapter })`). Throws when the file cannot be made durable.
 */
export async function openDatabase<Client extends Sql>(
  file: string,
  migrations: string,
  connect: (adapter: DurableSqlite) => Client & PrismaLike,
): Promise<Database<Client>> {
  await migrateFile(file, migrations)
  const [toWrite, toRead] = [new DurableSqlite(file, 'write'), new DurableSqlite(file, 'read')]
  const [writer, read] = [connect(toWrite), connect(toRead)]
  await Promise.all([writer.$connect(), read.$connect()])
  const tx = withDirectSql(writer, toWrite.sql)
  const inTurn = fifo()
  const hearers: (() => void)[] = []
  return {
    read: withDirectSql(read, toRead.sql),
    write: async (work) => {
      const result = await inTurn(() => toWrite.transaction(() => work(tx)))
      for (const hear of hearers) hear()
      return result
    },
    onCommit: (hear) => void hearers.push(hear),
    close: async () => {
      await inTurn(() => writer.$disconnect())
      await read.$disconnect()
    },
  }
}

async function migrateFile(file: string, migrations: string): Promise<void> {
  const connection: Adapter = await new DurableSqlite(file, 'write').connect()
  await migrate(connection, migrations)
  await connection.dispose()
}

/**
 * The same client, except that raw SQL goes straight to its connection, and so to the same transaction: Prisma's own
 * way there costs more than most of our statements. Values come as the driver gives them.
 */
function withDirectSql<Client extends Sql>(client: Client, { $queryRaw, $executeRaw }: Sql): Client {
  return Object.create(client, { $queryRaw: { value: $queryRaw }, $executeRaw: { value: $executeRaw } })
}

function fifo(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (job) => {
    const mine = last.then(job, job)
    last = mine.catch(() => {}) // the caller hears of it; the next in line must not
    return mine
  }
}

/**
 * Reads rows as one JSON text, many times faster than row by row: the query selects one column `json`,
 * `json_group_array(json_object(…))`. Dates arrive as integer ms.
 */
export async function jsonRows<T>(query: PromiseLike<{ json: string }[]>): Promise<T[]> {
  const [row] = await query
  return row === undefined ? [] : JSON.parse(row.json)
}
