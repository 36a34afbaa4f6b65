import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import pg from 'pg'

type Column = { name: string; type: string }

/** Brings the files of a shop into a database, a schema for each, as the services would have them there. */
export async function bringBooks(dataDir: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const name of readdirSync(dataDir).filter((name) => name.endsWith('.db')))
      await bringFile(client, join(dataDir, name), name.slice(0, -'.db'.length))
  } finally {
    await client.end()
  }
}

async function bringFile(client: pg.Client, path: string, schema: string): Promise<void> {
  const file = new Sqlite(path, { readonly: true })
  await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE; CREATE SCHEMA "${schema}"`)
  for (const table of file.prepare(TABLES).pluck().all() as string[]) {
    const columns = file.prepare(`SELECT name, type FROM pragma_table_info(?)`).all(table) as Column[]
    const typed = columns.map(({ name, type }) => `"${name}" ${/INT|DATE/.test(type) ? 'BIGINT' : 'TEXT COLLATE "C"'}`)
    await client.query(`CREATE TABLE "${schema}"."${table}" (${typed.join(', ')})`)
    const rows = JSON.stringify(file.prepare(`SELECT * FROM "${table}"`).all())
    const into = `INSERT INTO "${schema}"."${table}" SELECT * FROM json_populate_recordset(NULL::"${schema}"."${table}", $1)`
    await client.query(into, [rows])
  }
  file.close()
}

const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'`
