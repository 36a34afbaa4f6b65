import { v7 as uuidv7 } from 'uuid'
import type { Service } from '../routes.ts'
import { type Columns, each, insert, names, type Sql } from '../store/sql.ts'
import { parseContent } from './envelope.ts'
import { insertRows, type OutboxRow } from './outbox-rows.ts'

/**
 * A message that was given up, with the reason and the raw body. `replayId` is the id a replayed copy travels
 * under: a new one where the receiver has said its final word on the old, the old one where it never spoke;
 * null where the body is not a message at all. Times in ms.
 */
export type DeadLetter = {
  id: string
  queue: Service
  name: string | null
  orderId: string | null
  reason: string
  body: string
  at: number
  replayId: string | null
  replayedAt: number | null
}

const columns: Columns<DeadLetter> = [
  'id',
  'queue',
  'name',
  'orderId',
  'reason',
  'body',
  'at',
  'replayId',
  'replayedAt',
]

const BODY_KEPT = 16_384 // characters of the raw body; enough to see what it was

/** Writes dead letters. */
export async function insertLetters(tx: Sql, letters: DeadLetter[]): Promise<void> {
  const rows = letters.map((letter) => ({ ...letter, body: letter.body.slice(0, BODY_KEPT) }))
  await tx.$executeRaw`${insert('DeadLetter', columns, rows)} ON CONFLICT DO NOTHING`
}

/** The newest dead letters not replayed yet, at most `limit`. */
export async function openLetters(sql: Sql, limit: number): Promise<DeadLetter[]> {
  return sql.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter" WHERE "replayedAt" IS NULL ORDER BY at DESC LIMIT ${limit}`
}

/** How many dead letters wait for a person. */
export async function countLetters(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM "DeadLetter" WHERE "replayedAt" IS NULL`
  return row?.count ?? 0
}

/**
 * Replays letters (all open ones when `ids` is not given): each becomes an outbox row to its queue, so that it
 * is delivered with the same guarantees as any message. Returns the rows to push after the commit. Letters
 * whose body is not a message stay.
 */
export async function replay(tx: Sql, now: number, ids?: string[]): Promise<OutboxRow[]> {
  const letters = await takeReplayable(tx, now, ids)
  const rows = letters.flatMap((letter) => rowOf(letter, now))
  await insertRows(tx, rows)
  return rows
}

async function takeReplayable(tx: Sql, now: number, ids?: string[]): Promise<DeadLetter[]> {
  if (ids === undefined)
    return tx.$queryRaw<DeadLetter[]>`
      UPDATE "DeadLetter" SET "replayedAt" = ${now} WHERE "replayedAt" IS NULL AND "replayId" IS NOT NULL
      RETURNING ${names(columns)}`
  return tx.$queryRaw<DeadLetter[]>`
    UPDATE "DeadLetter" SET "replayedAt" = ${now}
    WHERE "replayedAt" IS NULL AND "replayId" IS NOT NULL AND id IN (SELECT value FROM ${each(ids)})
    RETURNING ${names(columns)}`
}

function rowOf(letter: DeadLetter, now: number): OutboxRow {
  const { name, orderId, at, data, traceparent = null } = parseContent(letter.body)
  const id = letter.replayId ?? uuidv7()
  return {
    id,
    queue: letter.queue,
    name,
    orderId,
    at,
    data: JSON.stringify(data),
    traceparent,
    attempt: 1,
    stamp: now,
    pushes: 1,
    crashes: 0,
  }
}
