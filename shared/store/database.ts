import type { Watched } from '../health.ts'
import { cannotOpen, requireWritable } from './cannot-open.ts'
import { migrate } from './migrate.ts'
import type { Sql } from './sql.ts'
import { DurableSqlite } from './sqlite.ts'
import { asStoreFailure, type StoreFailure } from './store-failure.ts'

export type { Sql } from './sql.ts'

/** The client Prisma generates, as far as it matters here. */
type PrismaLike = { $disconnect(): Promise<void> }

/**
 * How a transaction stands to others of its service, in whatever process. `alone`: no other one runs that is `alone`,
 * so what it has read is still true when it writes. `beside`: it inserts and deletes what a key decides, whoever else
 * writes. In a SQLite file every transaction is alone.
 */
export type How = 'alone' | 'beside'

/**
 * One service's SQLite file. All writes of the process go, first in first out, through `write`; everything
 * else reads through `read`, a client of its own: on a shared client a plain write would run inside whatever
 * transaction is open and vanish when that one rolls back.
 */
export type Database<Client> = {
  read: Client
  /**
   * Runs `work` in one transaction, `alone` if nothing is said, and resolves after the fsync of its commit; rolls back
   * when it throws. A transaction may be repeated, so what `work` collects it begins anew, and returns.
   */
  write<T>(work: (tx: Client) => Promise<T>, how?: How): Promise<T>
  /** Why nothing can be written now; null as far as is known. */
  failure(): StoreFailure | null
  /** Tells `watched` how writes fare. */
  watch(watched: Watched): void
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
  const [writer, reader] = await Promise.all([open(file, 'write', connect), open(file, 'read', connect)])
  const inTurn = fifo()
  const hearers: (() => void)[] = []
  let failure: StoreFailure | null = null
  let watched: Watched | undefined
  const failed = (error: unknown): never => {
    failure = asStoreFailure(error) ?? failure
    if (failure === error) watched?.failed(error)
    throw error
  }
  return {
    read: reader.direct,
    write: async (work) => {
      const result = await inTurn(() => writer.adapter.transaction(() => work(writer.direct))).catch(failed)
      failure = null
      watched?.ok()
      for (const hear of hearers) hear()
      return result
    },
    failure: () => failure,
    watch: (by) => {
      watched = by
    },
    onCommit: (hear) => void hearers.push(hear),
    close: async () => {
      await inTurn(writer.close)
      await reader.close()
    },
  }
}

async function open<Client extends Sql>(
  file: string,
  mode: 'write' | 'read',
  connect: (adapter: DurableSqlite) => Client & PrismaLike,
) {
  const adapter = new DurableSqlite(file, mode)
  await adapter.connect()
  const client = connect(adapter)
  const close = async () => {
    await client.$disconnect()
    await adapter.close()
  }
  return { adapter, close, direct: withDirectSql<Client>(client, adapter.sql) }
}

async function migrateFile(file: string, migrations: string): Promise<void> {
  try {
    requireWritable(file)
    const adapter = new DurableSqlite(file, 'migrate')
    const connection = await adapter.connect()
    await adapter.transaction(() => migrate(connection, migrations))
    await connection.dispose()
  } catch (error) {
    throw cannotOpen(error, file)
  }
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
