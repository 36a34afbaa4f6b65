import { v7 as uuidv7 } from 'uuid'
import type { Database } from './database.ts'
import type { Sql } from './sql.ts'

/** What the service has noted about itself under `key`; null where it has noted nothing. */
export async function recall(sql: Sql, key: string): Promise<string | null> {
  const [row] = await sql.$queryRaw<{ value: string }[]>`SELECT value FROM "Meta" WHERE key = ${key}`
  return row?.value ?? null
}

/** Notes something, in place of what was noted before. */
export async function remember(tx: Sql, key: string, value: string): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "Meta" (key, value) VALUES (${key}, ${value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value`
}

/** The id of a database, made once: two that have the same are the same. */
export async function identityOf<Client extends Sql>(db: Database<Client>): Promise<string> {
  const known = await recall(db.read, 'id')
  if (known !== null) return known
  const made = uuidv7()
  return db.write(async (tx) => {
    await tx.$executeRaw`INSERT INTO "Meta" (key, value) VALUES ('id', ${made}) ON CONFLICT DO NOTHING`
    return (await recall(tx, 'id')) ?? made
  })
}
