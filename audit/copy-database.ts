import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { LEDGER, MAILBOX, SMS } from './book-files.ts'
import { copySchema } from './copy-schema.ts'
import { plainTypes } from './plain-types.ts'
import { lastStepIn, lastWriteIn, movedSince, schemasIn } from './shop-database.ts'
import { Unusable } from './unusable.ts'

/** What was seen of a database beside what is in it, which the files of a copy cannot tell. */
export type Seen = {
  /** Nobody has written since its copy, until after the files beside it were read. */
  isStill: boolean
  /** Orders that went on meanwhile. */
  moved: ReadonlySet<string>
  /** When a service last wrote (ms). */
  asOf: number
}

/** A shop's PostgreSQL as it was in one moment, as files that are audited like those of a shop on SQLite. */
export type Copy = { dataDir: string; seen: Seen; remove(): void }

/**
 * Copies the tables of all services, as of one REPEATABLE READ snapshot, into one SQLite file each; then what the gateways
 * and the mail server have written down in `dataDir`, which is read after what notes it; then looks what has moved since.
 * So every check, and those that compare services with each other, is the same on both engines. Of some services alone,
 * where they are named. Throws `Unusable` when the database cannot be read.
 */
export async function copyDatabase(url: string, dataDir: string, only?: readonly string[]): Promise<Copy> {
  const folder = mkdtempSync(join(tmpdir(), 'orderline-audit-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const seen = await withClient(url, (client) => copyAll(client, dataDir, folder, only))
    return { dataDir: folder, seen, remove }
  } catch (cause) {
    remove()
    throw cause instanceof Unusable ? cause : new Unusable(`the database cannot be read: ${reasonOf(cause)}`, { cause })
  }
}

async function copyAll(client: pg.Client, dataDir: string, folder: string, only?: readonly string[]): Promise<Seen> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY')
  const before = await momentOf(client)
  const schemas = (await schemasIn(client)).filter((schema) => only?.includes(schema) ?? true)
  for (const schema of schemas) await copySchema(client, schema, join(folder, `${schema}.db`))
  const hasOrders = schemas.includes('order')
  const lastStep = hasOrders ? await lastStepIn(client) : 0
  const asOf = await lastWriteIn(client, schemas)
  await client.query('COMMIT')
  copyBeside(resolve(dataDir), folder)
  const isStill = (await momentOf(client)) === before
  const moved = isStill || !hasOrders ? new Set<string>() : await movedSince(client, lastStep, join(folder, 'order.db'))
  return { isStill, moved, asOf }
}

/** Which transactions are over and which are not: another one as soon as anybody has written. */
async function momentOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ moment: string }>('SELECT pg_current_snapshot()::text AS moment')
  return rows[0]?.moment ?? ''
}

/** These files grow: they are copied. The folder of logs has sums of its own. */
function copyBeside(dataDir: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of [MAILBOX, LEDGER, SMS])
    if (existsSync(join(dataDir, name))) copyFileSync(join(dataDir, name), join(folder, name))
  if (existsSync(join(dataDir, 'logs'))) symlinkSync(join(dataDir, 'logs'), join(folder, 'logs'))
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, types: plainTypes, ...LIMITS })
  client.on('error', () => {}) // what is under way rejects with it
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

const LIMITS = { connectionTimeoutMillis: 10_000, statement_timeout: 600_000, application_name: 'orderline-audit' }
const reasonOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause))
