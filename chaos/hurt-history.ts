import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { z } from 'zod'
import type { Service } from '../shared/routes.ts'
import type { Deed, Double } from './fault.ts'
import type { Postgres } from './postgres.ts'
import type { Shop } from './shop.ts'
import { untilDone } from './until-done.ts'
import { whileHeld } from './while-held.ts'

type Target = { shop: Shop; postgres: Postgres | undefined }

/**
 * A sender dies, and comes back without knowing that it ever told a receiver anything, nor what it was about to tell it:
 * only history can bring that, and it brings all that was heard before, too.
 */
export async function forgetReceiver(
  { service, receiver }: Extract<Deed, { kind: 'forget receiver' }>,
  { shop, postgres }: Target,
): Promise<void> {
  const told = forgettings(receiver)
  const forget = postgres ? () => inDatabase(service, told, postgres) : () => inFile(service, told, shop)
  await shop.inTurn(() => whileHeld(service, 'SIGKILL', shop, forget))
}

/** That it was told of it, and what is on its way to its lists. */
export const forgettings = (receiver: Service): [string, string][] => [
  [`DELETE FROM {}"Meta" WHERE key = $1`, `heard:${receiver}`],
  [`DELETE FROM {}"Outbox" WHERE queue = $1 OR queue LIKE $1 || ':%' OR queue LIKE $1 || '.%'`, receiver],
]

function inDatabase(service: Service, statements: [string, string][], postgres: Postgres): Promise<void> {
  return postgres.session(async (client) => {
    await client.query('BEGIN')
    for (const [sql, value] of statements) await client.query(sql.replace('{}', `"${service}".`), [value])
    await client.query('COMMIT')
  })
}

/** Each statement once, in one transaction, with its one value wherever `$1` stands. */
export function inFile(service: Service, statements: [string, string][], { dataDir }: Pick<Shop, 'dataDir'>): void {
  const file = new Sqlite(join(dataDir, `${service}.db`), { fileMustExist: true, timeout: 1_000 })
  try {
    file.transaction(() => {
      for (const [sql, value] of statements)
        file.prepare(sql.replace('{}', '').replaceAll('$1', '?1')).run({ 1: value })
    })()
  } finally {
    file.close()
  }
}

/**
 * A service that owns no truth loses its tables while it is down: what it knew it has to be told again. A server that does not
 * answer may still do it later, when the service is up again: it stays down until the answer is there.
 */
export async function loseDatabase(service: Double, { shop, postgres }: Target): Promise<void> {
  const path = join(shop.dataDir, `${service}.db`)
  const lose = postgres
    ? () => untilDone(() => postgres.ask(z.unknown(), `DROP SCHEMA IF EXISTS "${service}" CASCADE`))
    : () => ['', '-wal', '-shm'].map((end) => rmSync(path + end, { force: true }))
  await shop.inTurn(() => whileHeld(service, 'SIGKILL', shop, lose))
}
