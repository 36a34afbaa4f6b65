import type { PrismaPg } from '@prisma/adapter-pg'
import type { Watched } from '../health.ts'
import type { Service } from '../routes.ts'
import { migrationsOf } from './migrations.ts'
import { isPostgresUrl, type Place } from './place.ts'
import { settled } from './settled.ts'
import type { Sql } from './sql.ts'
import type { DurableSqlite } from './sqlite.ts'
import { openSqliteStore } from './sqlite-store.ts'
import { asStoreFailure, type StoreFailure } from './store-failure.ts'

export type { Sql } from './sql.ts'

/**
 * How a transaction stands to others of its service, in whatever process. `alone`: no other one runs that is `alone`,
 * so what it has read is still true when it writes. `beside`: it inserts and deletes what a key decides, whoever else
 * writes. In a SQLite file every transaction is alone.
 */
export type How = 'alone' | 'beside'

/** What an engine offers; `Database` says more of `read` and `write`. */
export type Store<Client> = {
  read: Client
  write<T>(work: (tx: Client) => Promise<T>, how: How): Promise<T>
  close(): Promise<void>
}

/**
 * One service's tables. All writes of the process go, first in first out, through `write`; everything
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

/** The client Prisma generates, as far as it matters here. */
export type PrismaLike = { $disconnect(): Promise<void> }

/**
 * The clients that Prisma has generated for a service's schemas, one for each engine: the same models, in the words of
 * another engine. Those for PostgreSQL are loaded by whoever needs them.
 */
export type Clients<Client> = {
  sqlite(adapter: DurableSqlite): Client & PrismaLike
  postgresql(adapter: PrismaPg): Promise<PrismaLike>
}

type Made<Client, Adapter> = new (options: { adapter: Adapter }) => Client

/** Those clients, by the class that Prisma has generated for SQLite and the way to the module with the one for PostgreSQL. */
export function clientsOf<Client>(
  ForSqlite: Made<Client & PrismaLike, DurableSqlite>,
  loadForPostgres: () => Promise<{ PrismaClient: Made<PrismaLike, PrismaPg> }>,
): Clients<Client> {
  return {
    sqlite: (adapter) => new ForSqlite({ adapter }),
    postgresql: async (adapter) => {
      const { PrismaClient } = await loadForPostgres()
      return new PrismaClient({ adapter })
    },
  }
}

/**
 * Opens the tables of `service` and applies pending migrations: `<place>/<service>.db` where the place is a folder, the
 * schema of that name where it is the URL of a PostgreSQL database. Throws when what is written would not be durable.
 */
export async function openDatabase<Client extends Sql>(
  service: Service,
  place: Place,
  clients: Clients<Client>,
): Promise<Database<Client>> {
  const store = await openStore(service, place, clients)
  const hearers: (() => void)[] = []
  let failure: StoreFailure | null = null
  let watched: Watched | undefined
  const failed = (error: unknown): never => {
    failure = asStoreFailure(error) ?? failure
    if (failure === error) watched?.failed(error)
    throw error
  }
  return {
    read: store.read,
    write: async (work, how = 'alone') => {
      const result = await store.write(work, how).catch(failed)
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
    close: store.close,
  }
}

async function openStore<Client extends Sql>(
  service: Service,
  where: Place,
  clients: Clients<Client>,
): Promise<Store<Client>> {
  const place = await settled(where)
  if (!isPostgresUrl(place)) return openSqliteStore(service, place, migrationsOf(service), clients.sqlite)
  const { openPostgresStore } = await import('./postgres-store.ts') // its driver takes a while to load
  return openPostgresStore(service, place, migrationsOf(service), clients.postgresql)
}
