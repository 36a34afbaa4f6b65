import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { codeOf } from '../cannot-start.ts'
import type { Connection, Mark } from './postgres.ts'
import { isSilent, Undone } from './postgres-failure.ts'

const DOUBT_LIMIT_MS = 5_000 // a server that is away for longer leaves whoever asked in doubt
const AGAIN_MS = 50

/**
 * Runs `work` in one transaction, begun by these statements; rolls back when it throws. Where the answer to the COMMIT is
 * lost, the server is asked what has become of it. Throws `Undone` where nothing has, so that it may be done again.
 */
export async function transaction<T>(connection: Connection, begin: string, work: () => Promise<T>): Promise<T> {
  const client = await connection.open()
  const mark = connection.nextMark()
  const { number, result } = await begun(client, begin, mark, work).catch(async (error) => {
    if (isSilent(error))
      connection.drop(client) // what it still does, it does without us
    else await client.query('ROLLBACK').catch(() => connection.drop(client))
    throw error
  })
  const { command } = await client.query('COMMIT').catch(async (error) => {
    connection.drop(client)
    await requireCommitted(connection, number, mark, error)
    return { command: 'COMMIT' }
  })
  if (command !== 'COMMIT') throw new Error('a statement had failed, and nobody said so: all of it is undone')
  return result
}

/** It leaves its mark as all that it writes: the number alone may be given again by a server that has lost what it stood for. */
async function begun<T>(client: pg.Client, begin: string, { key, value }: Mark, work: () => Promise<T>) {
  const text = `${begin}; INSERT INTO "Meta" (key, value) VALUES ('${key}', '${value}')
    ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING CAST(pg_current_xact_id() AS TEXT) AS number`
  const answers = [await client.query<{ number: string }>(text)].flat() // one for each statement
  const number = answers.at(-1)?.rows[0]?.number ?? ''
  return { number, result: await work() }
}

/** Resolves when the transaction of this number and mark is committed. Throws `cause` when that cannot be learnt in time. */
async function requireCommitted(connection: Connection, number: string, mark: Mark, cause: unknown): Promise<void> {
  for (const until = performance.now() + DOUBT_LIMIT_MS; performance.now() < until; await delay(AGAIN_MS)) {
    const outcome = await outcomeOf(connection, number, mark).catch(() => 'unknown')
    if (outcome === 'committed') return
    if (outcome === 'undone') throw isSilent(cause) ? new Undone('nothing of it is there', { cause }) : cause
  }
  throw cause
}

/** It is over where its number is not under way, or never came to this server; then its mark is there, or nothing of it is. */
async function outcomeOf(connection: Connection, number: string, { key, value }: Mark) {
  const client = await connection.open()
  if (await isUnderWay(client, number)) return 'unknown'
  const { rows } = await client.query('SELECT 1 FROM "Meta" WHERE key = $1 AND value = $2', [key, value])
  return rows.length > 0 ? 'committed' : 'undone'
}

const IN_THE_FUTURE = '22023'

/** By the server: https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT */
async function isUnderWay(client: pg.Client, number: string): Promise<boolean> {
  const text = 'SELECT pg_xact_status(CAST($1 AS xid8)) AS status'
  const asked = client.query<{ status: string | null }>(text, [number]).catch((error) => {
    if (codeOf(error) === IN_THE_FUTURE) return { rows: [] }
    throw error
  })
  return (await asked).rows[0]?.status === 'in progress'
}
