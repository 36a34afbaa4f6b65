import { v7 as uuidv7 } from 'uuid'
import type { Service } from '../routes.ts'
import { jsonRows, type Sql } from '../store/database.ts'
import { parseContent } from './envelope.ts'
import { insertRows, type OutboxRow } from './outbox.ts'

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

const BODY_KEPT = 16_384 // characters of the raw body; enough to see what it was

/** Writes dead letters. */
export async function insertLetters(tx: Sql, letters: DeadLetter[]): Promise<void> {
  const rows = letters.map((letter) => ({ ...letter, body: letter.body.slice(0, BODY_KEPT) }))
  await tx.$executeRaw`
    INSERT INTO "DeadLetter" (id, queue, name, orderId, reason, body, at, replayId, replayedAt)
    SELECT value->>'id', value->>'queue', value->>'name', value->>'orderId', value->>'reason', value->>'body',
           value->>'at', value->>'replayId', NULL
    FROM jsonb_each(${JSON.stringify(rows)}) WHERE true
    ON CONFLICT DO NOTHING`
}

/** The newest dead letters not replayed yet, at most `limit`. */
export function openLetters(sql: Sql, limit: number): Promise<DeadLetter[]> {
  return jsonRows<DeadLetter>(sql.$queryRaw`
    SELECT json_group_array(json_object('id', id, 'queue', queue, 'name', name, 'orderId', orderId,
      'reason', reason, 'body', body, 'at', at, 'replayId', replayId, 'replayedAt', replayedAt)) AS json
    FROM (SELECT * FROM "DeadLetter" WHERE replayedAt IS NULL ORDER BY at DESC LIMIT ${limit})`)
}

/** How many dead letters wait for a person. */
export async function countLetters(sql: Sql): Promise<number> {
  const rows = await jsonRows<number>(sql.$queryRaw`
    SELECT json_array(COUNT(*)) AS json FROM "DeadLetter" WHERE replayedAt IS NULL`)
  return rows[0] ?? 0
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

function takeReplayable(tx: Sql, now: number, ids?: string[]): Promise<DeadLetter[]> {
  const wanted = ids === undefined ? null : JSON.stringify(ids)
  return Promise.resolve(
    tx.$queryRaw<DeadLetter[]>`
      UPDATE "DeadLetter" SET replayedAt = ${now}
      WHERE replayedAt IS NULL AND replayId IS NOT NULL
        AND (${wanted} IS NULL OR id IN (SELECT value FROM json_each(${wanted})))
      RETURNING id, queue, body, replayId`,
  )
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
