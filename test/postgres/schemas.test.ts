import { execFileSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import Sqlite from 'better-sqlite3'
import pg from 'pg'
import { migrationsIn } from '../../shared/store/migrations.ts'

type Column = { name: string; type: string; isNeeded: number; preset: string | null }
type Tables = Record<string, { columns: Column[]; indexes: string[] }>

const services = ['prisma', 'examples/loyalty/prisma'].flatMap((folder) =>
  readdirSync(folder).map((service) => join(folder, service)),
)
const database = `schemas_${process.pid}`
let client: pg.Client

beforeAll(async () => {
  const server = new pg.Client(process.env.TEST_POSTGRES)
  await server.connect()
  await server.query(`CREATE DATABASE ${database}`)
  await server.end()
  client = new pg.Client(process.env.TEST_POSTGRES?.replace(/[^/]*$/, database))
  await client.connect()
})
afterAll(async () => {
  await client.end()
})

it('a schema for PostgreSQL is what the script makes of the one for SQLite', () => {
  expect(execFileSync(process.execPath, ['scripts/postgresql-schemas.mjs', '--check'], { encoding: 'utf8' })).toBe('')
})

describe('migrations come to the same tables, columns and indexes on both engines:', () => {
  it.each(services)('%s', async (service) => {
    const file = new Sqlite(':memory:')
    for (const sql of sqlOf(service, 'migrations')) file.exec(sql)
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    for (const sql of sqlOf(service, 'postgresql', 'migrations')) await client.query(sql)

    expect(await ofPostgres()).toEqual(ofSqlite(file))
  })
})

const sqlOf = (...folders: string[]) => migrationsIn(join(...folders)).map(({ sql }) => sql)

function ofSqlite(file: Sqlite.Database): Tables {
  const tables = file.prepare<[], { name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
  )
  const columns = file.prepare<[string], Column>(
    'SELECT name, type, "notnull" AS "isNeeded", dflt_value AS preset FROM pragma_table_info(?) ORDER BY name',
  )
  const indexes = file.prepare<[string], { sql: string }>(
    "SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL ORDER BY name",
  )
  return Object.fromEntries(
    tables
      .all()
      .map(({ name }) => [
        name,
        { columns: columns.all(name).map(comparable), indexes: indexes.all(name).map(({ sql }) => plain(sql)) },
      ]),
  )
}

async function ofPostgres(): Promise<Tables> {
  const { rows: columns } = await client.query<Column & { table: string }>(`
    SELECT table_name AS "table", column_name AS name, UPPER(data_type) AS type,
      CASE is_nullable WHEN 'NO' THEN 1 ELSE 0 END AS "isNeeded", column_default AS preset
    FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name COLLATE "C"`)
  const { rows: indexes } = await client.query<{ table: string; sql: string }>(`
    SELECT tablename AS "table", indexdef AS sql FROM pg_indexes
    WHERE schemaname = 'public' AND indexname NOT LIKE '%\\_pkey' ORDER BY indexname COLLATE "C"`)
  const of = <T extends { table: string }>(rows: T[], name: string) => rows.filter(({ table }) => table === name)
  return Object.fromEntries(
    [...new Set(columns.map(({ table }) => table))].sort().map((name) => [
      name,
      {
        columns: of(columns, name).map(({ table: _, ...column }) => comparable(column)),
        indexes: of(indexes, name).map(({ sql }) => plain(sql)),
      },
    ]),
  )
}

/** Both have whole numbers, of however many bytes, and text. */
const comparable = ({ name, type, isNeeded, preset }: Column): Column => ({
  name,
  type: type.replace('BIGINT', 'INTEGER'),
  isNeeded,
  preset: preset?.replace(/::text$/, '') ?? null,
})

/** An index in one spelling: PostgreSQL writes out what it has understood. */
const plain = (sql: string) =>
  sql
    .replace('public.', '')
    .replace(' USING btree', '')
    .replace(/\bIN \(([^)]*)\)/, '= ANY (ARRAY[$1])')
    .replaceAll(/::text(\[\])?/g, '')
    .replaceAll(/["()\s]/g, '')
