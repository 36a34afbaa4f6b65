import Sqlite from 'better-sqlite3'
import type pg from 'pg'
import { sqliteTypeOf } from './plain-types.ts'

const PAGE = 5_000 // rows in memory at a time

type Column = { name: string; type: string }
type Row = Record<string, unknown>

/** Copies all tables of a schema, and the indexes that the checks are quick by, into a new SQLite file. Inside a transaction. */
export async function copySchema(client: pg.Client, schema: string, path: string): Promise<void> {
  const file = new Sqlite(path)
  try {
    file.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; BEGIN') // a copy: who loses it makes another
    for (const table of await namesOf(client, TABLES, schema)) await copyTable(client, schema, table, file)
    for (const sql of await namesOf(client, INDEXES, schema)) file.exec(sql)
    file.exec('COMMIT')
  } finally {
    file.close()
  }
}

async function copyTable(client: pg.Client, schema: string, table: string, file: Sqlite.Database): Promise<void> {
  const { rows: columns } = await client.query<Column>(COLUMNS, [schema, table])
  const names = columns.map(({ name }) => quoted(name))
  const typed = columns.map(({ name, type }) => `${quoted(name)} ${sqliteTypeOf(type)}`)
  file.exec(`CREATE TABLE ${quoted(table)} (${typed.join(', ')})`)
  const insert = file.prepare(`INSERT INTO ${quoted(table)} VALUES (${names.map(() => '?').join(', ')})`)
  const from = `SELECT ${names.join(', ')} FROM ${quoted(schema)}.${quoted(table)}`
  for await (const row of pages(client, from)) insert.run(columns.map(({ name }) => row[name]))
}

/** The rows of a query, however many there are. */
async function* pages(client: pg.Client, sql: string): AsyncGenerator<Row, void> {
  await client.query(`DECLARE copied NO SCROLL CURSOR FOR ${sql}`)
  for (;;) {
    const { rows } = await client.query<Row>(`FETCH ${PAGE} FROM copied`)
    if (rows.length === 0) break
    yield* rows
  }
  await client.query('CLOSE copied')
}

async function namesOf(client: pg.Client, sql: string, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(sql, [schema])
  return rows.map(({ name }) => name)
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

const TABLES = `
  SELECT table_name AS name FROM information_schema.tables
  WHERE table_schema = $1 AND table_type = 'BASE TABLE' ORDER BY 1`
const COLUMNS = `
  SELECT column_name AS name, data_type AS type FROM information_schema.columns
  WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position`
// Of whole columns; whether they are unique is for PostgreSQL to see to, and the auditor counts for itself.
const INDEXES = `
  SELECT 'CREATE INDEX ' || quote_ident(i.relname) || ' ON ' || quote_ident(t.relname) || ' ('
    || string_agg(quote_ident(a.attname), ', ' ORDER BY k.place) || ')' AS name
  FROM pg_index AS x
  JOIN pg_class AS i ON i.oid = x.indexrelid
  JOIN pg_class AS t ON t.oid = x.indrelid
  JOIN pg_namespace AS n ON n.oid = t.relnamespace
  CROSS JOIN LATERAL unnest(x.indkey) WITH ORDINALITY AS k(attnum, place)
  JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.attnum
  WHERE n.nspname = $1 AND NOT 0 = ANY (x.indkey)
  GROUP BY i.relname, t.relname`
