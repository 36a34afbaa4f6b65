import Sqlite from 'better-sqlite3'
import type pg from 'pg'

/** The schemas of a shop's services: those that have an outbox. What else is in the database is somebody else's. */
export async function schemasIn(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(SCHEMAS)
  return rows.map(({ name }) => name)
}

const SCHEMAS = `SELECT table_schema AS name FROM information_schema.tables WHERE table_name = 'Outbox' ORDER BY 1`

/** Where the timeline ends; numbers before it may still be missing, for transactions do not end in the order of theirs. */
export async function lastStepIn(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ last: bigint }>(
    'SELECT COALESCE(MAX(seq), 0)::bigint AS last FROM "order"."TimelineEntry"',
  )
  return Number(rows[0]?.last ?? 0)
}

const OVERTAKEN_MAX = 100_000 // steps that others take while one transaction is open

/** The ids and the numbers of orders with steps that the copy in `path` has not. */
export async function movedSince(client: pg.Client, lastStep: number, path: string): Promise<Set<string>> {
  const from = lastStep - OVERTAKEN_MAX
  const { rows } = await client.query<{ seq: bigint; id: string; number: string }>(STEPS, [from])
  const copied = copiedSteps(path, from)
  return new Set(rows.filter(({ seq }) => !copied.has(Number(seq))).flatMap(({ id, number }) => [id, number]))
}

function copiedSteps(path: string, from: number): Set<unknown> {
  const file = new Sqlite(path, { readonly: true })
  try {
    return new Set(file.prepare('SELECT seq FROM "TimelineEntry" WHERE seq > ?').pluck().all(from))
  } finally {
    file.close()
  }
}

const STEPS = `
  SELECT step.seq, step."orderId" AS id, 'OL-' || (1000000 + "Order".seq) AS number
  FROM "order"."TimelineEntry" AS step JOIN "order"."Order" ON "Order".id = step."orderId" WHERE step.seq > $1`

/** When a service last wrote (ms): as the server has noted it or, where it notes no such thing, by the newest event. */
export async function lastWriteIn(client: pg.Client, schemas: string[]): Promise<number> {
  const { rows } = await client.query<{ isNoted: string }>(
    `SELECT current_setting('track_commit_timestamp') AS "isNoted"`,
  )
  const isNoted = rows[0]?.isNoted === 'on'
  const newest = schemas.map((schema) => `SELECT MAX(at)::float8 AS at FROM "${schema}"."Event"`).join(' UNION ALL ')
  const noted = `SELECT extract(epoch FROM timestamp) * 1000 AS at FROM pg_last_committed_xact()`
  const sql = `SELECT LEAST(MAX(at), extract(epoch FROM now()) * 1000) AS at FROM (${isNoted ? noted : newest}) AS found`
  if (!isNoted && schemas.length === 0) return 0
  const found = await client.query<{ at: number | null }>(sql)
  return found.rows[0]?.at ?? 0
}
