import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { isApplied, type Migration, migrationsIn } from './migrations.ts'
import { assertDurable, configOf, forgetMarks, type Schema } from './postgres.ts'

/**
 * Makes the schema, if need be, and applies its pending migrations, in one transaction: however many instances start at
 * once, one does it and the others find it done. Recorded the way `prisma migrate deploy` does. Returns their names.
 * Throws where they would not be durable.
 */
export async function migratePostgres(schema: Schema, sqliteMigrations: string): Promise<string[]> {
  const client = new pg.Client({ ...configOf(schema, 'write'), ...PATIENT })
  client.on('error', () => {}) // what is asked then hears of it
  await client.connect()
  try {
    await assertDurable(client)
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`migrations of ${schema.name}`])
    const names = await applyAll(client, schema, join(dirname(sqliteMigrations), 'postgresql', 'migrations'))
    await forgetMarks(client)
    await client.query('COMMIT')
    return names
  } finally {
    await client.end()
  }
}

const PATIENT = { lock_timeout: 60_000, statement_timeout: 0, query_timeout: 0 }

async function applyAll(client: pg.Client, { name }: Schema, folder: string): Promise<string[]> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS "${name}"`)
  await client.query(LEDGER)
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  const pending = migrationsIn(folder).filter((migration) => !isApplied(migration, applied))
  for (const migration of pending) await apply(client, migration)
  return pending.map((migration) => migration.name)
}

const LEDGER = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                    VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum              VARCHAR(64) NOT NULL,
    finished_at           TIMESTAMPTZ,
    migration_name        VARCHAR(255) NOT NULL,
    logs                  TEXT,
    rolled_back_at        TIMESTAMPTZ,
    started_at            TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count   INTEGER NOT NULL DEFAULT 0
)`

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query(sql)
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), 1)`,
    [randomUUID(), checksum, name],
  )
}
