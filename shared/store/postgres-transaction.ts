import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Connection } from './postgres.ts'
import { isSilent, Undone } from './postgres-failure.ts'

const DOUBT_LIMIT_MS = 5_000 // a server that is away for longer leaves whoever asked in doubt
const AGAIN_MS = 50

/**
 * Runs `work` in one transaction, begun by these statements; rolls back when it throws. Where the answer to the COMMIT is
 * lost, the server is asked what has become of it. Throws `Undone` where nothing has, so that it may be done again.
 */
export async function transaction<T>(connection: Connection, begin: string, work: () => Promise<T>): Promise<T> {
  const client = await connection.open()
  const { number, result } = await begun(client, begin, work).catch(async (error) => {
    if (isSilent(error))
      connection.drop(client) // what it still does, it does without us
    else await client.query('ROLLBACK').catch(() => connection.drop(client))
    throw error
  })
  const { command } = await client.query('COMMIT').catch(async (error) => {
    connection.drop(client)
    await requireCommitted(connection, number, error)
    return { command: 'COMMIT' }
  })
  if (command !== 'COMMIT') throw new Error('a statement had failed, and nobody said so: all of it is undone')
  return result
}

async function begun<T>(client: pg.Client, begin: string, work: () => Promise<T>) {
  const text = `${begin}; SELECT CAST(pg_current_xact_id() AS TEXT) AS number`
  const answers = [await client.query<{ number: string }>(text)].flat() // one for each statement
  const number = answers.at(-1)?.rows[0]?.number ?? ''
  return { number, result: await work() }
}

/** Resolves when the transaction of this number is committed. Throws `cause` when that cannot be learnt in time. */
async function requireCommitted(connection: Connection, number: string, cause: unknown): Promise<void> {
  for (const until = performance.now() + DOUBT_LIMIT_MS; performance.now() < until; await delay(AGAIN_MS)) {
    const status = await statusOf(connection, number).catch(() => undefined)
    if (status === 'committed') return
    if (status === 'aborted') throw isSilent(cause) ? new Undone('nothing of it is there', { cause }) : cause
  }
  throw cause
}

/** By the server: https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT */
async function statusOf(connection: Connection, number: string): Promise<string | null | undefined> {
  const client = await connection.open()
  const { rows } = await client.query<{ status: string | null }>('SELECT pg_xact_status(CAST($1 AS xid8)) AS status', [
    number,
  ])
  return rows[0]?.status
}
