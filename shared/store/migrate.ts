import { randomUUID } from 'node:crypto'
import { isApplied, type Migration, migrationsIn } from './migrations.ts'
import type { Adapter } from './sqlite.ts'

/**
 * Applies the pending migrations of `folder` (Prisma's `<stamp>_<name>/migration.sql` layout) in order, in the
 * transaction that is open, together with their rows in `_prisma_migrations`, the way `prisma migrate deploy` records
 * them: https://www.prisma.io/docs/orm/prisma-migrate/understanding-prisma-migrate/migration-histories.
 * Returns their names. Throws when an applied migration was edited afterwards.
 */
export async function migrate(connection: Adapter, folder: string): Promise<string[]> {
  await connection.executeScript(LEDGER)
  const applied = await appliedChecksums(connection)
  const pending = migrationsIn(folder).filter((migration) => !isApplied(migration, applied))
  for (const migration of pending) await apply(connection, migration)
  return pending.map((migration) => migration.name)
}

const LEDGER = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

async function appliedChecksums(connection: Adapter): Promise<Map<string, string>> {
  const sql = 'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL'
  const { rows } = await connection.queryRaw({ sql, args: [], argTypes: [] })
  return new Map(rows.map(([name, checksum]) => [String(name), String(checksum)]))
}

async function apply(connection: Adapter, { name, sql, checksum }: Migration): Promise<void> {
  const now = Date.now()
  await connection.executeScript(sql)
  await connection.executeRaw({
    sql: `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
          VALUES (?, ?, ?, ?, ?, 1)`,
    args: [randomUUID(), checksum, name, now, now],
    argTypes: Array.from({ length: 5 }, () => ({ scalarType: 'unknown', arity: 'scalar' })),
  })
}
