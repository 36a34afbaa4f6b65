import { join } from 'node:path'
import { cannotOpen, requireWritable } from './cannot-open.ts'
import type { Clients, Store } from './database.ts'
import { inTurn } from './in-turn.ts'
import { migrate } from './migrate.ts'
import { type Sql, withDirectSql } from './sql.ts'
import { DurableSqlite } from './sqlite.ts'

/**
 * A service's file, `<folder>/<service>.db`: one connection that writes, one transaction at a time, and one that reads.
 * Throws when the file cannot be made durable.
 */
export async function openSqliteStore<Client extends Sql>(
  service: string,
  folder: string,
  migrations: string,
  connect: Clients<Client>['sqlite'],
): Promise<Store<Client>> {
  const file = join(folder, `${service}.db`)
  await migrateFile(file, migrations)
  const [writer, reader] = await Promise.all([open(file, 'write', connect), open(file, 'read', connect)])
  const next = inTurn()
  return {
    read: reader.direct,
    write: (work) => next(() => writer.adapter.transaction(() => work(writer.direct))),
    close: async () => {
      await next(writer.close)
      await reader.close()
    },
  }
}

async function open<Client extends Sql>(file: string, mode: 'write' | 'read', connect: Clients<Client>['sqlite']) {
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
