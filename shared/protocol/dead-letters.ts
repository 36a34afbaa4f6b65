import { type Queue, queueTo, type Service } from '../routes.ts'
import { type Columns, each, insert, names, type Sql } from '../store/sql.ts'
import { parseContent } from './envelope.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import { newId, timeIn } from './new-id.ts'
import { insertRows } from './outbox-rows.ts'
import { OUTBOX_MAX_AGE_MS } from './verdict.ts'

/**
 * A message that was given up, with the reason and the raw body. `replayId` is the id a replayed copy travels
 * under: a new one where the receiver has said its final word on the old, the old one where it never spoke;
 * null where the body is not a message at all. Times in ms.
 */
export type DeadLetter = {
  id: string
  queue: Service
  name: string | null
  subject: string | null
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
  'subject',
  'reason',
  'body',
  'at',
  'replayId',
  'replayedAt',
]

const GARBAGE_KEPT = 16_384 // characters of what is no message; enough to see what it was. A message is kept whole

/** Writes dead letters. */
export async function insertLetters(tx: Sql, letters: DeadLetter[]): Promise<void> {
  const keptOf = ({ replayId, body }: DeadLetter) => (replayId === null ? body.slice(0, GARBAGE_KEPT) : body)
  const rows = letters.map((letter) => ({ ...letter, body: keptOf(letter) }))
  await tx.$executeRaw`${insert('DeadLetter', columns, rows)} ON CONFLICT DO NOTHING`
}

/** The newest dead letters not replayed yet, at most `limit`. */
export async function openLetters(sql: Sql, limit: number): Promise<DeadLetter[]> {
  return sql.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter" WHERE "replayedAt" IS NULL ORDER BY at DESC LIMIT ${limit}`
}

/** Whether a copy of it can be sent: nobody can send what was no message, or only half of one. */
export function canReplay({ replayId, body }: DeadLetter): boolean {
  return replayId !== null && contentOf(body) !== null
}

/** How many dead letters wait for a person. */
export async function countLetters(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM "DeadLetter" WHERE "replayedAt" IS NULL`
  return row?.count ?? 0
}

/**
 * Replays letters (all open ones when `ids` is not given): each becomes an outbox row to its queue, so that it
 * is delivered with the same guarantees as any message. Returns the letters with the queues that have rows now.
 * Those whose body is not a message, or only half of one, stay, and stop no other.
 */
export async function replay(tx: Sql, now: number, ids?: string[]): Promise<Replayed[]> {
  const letters = (await replayable(tx)).filter(({ id }) => ids === undefined || ids.includes(id))
  const replayed: Replayed[] = []
  for (const letter of letters) {
    const content = contentOf(letter.body)
    if (content === null) continue
    const { name, v = 1, subject, at, data, traceparent = null } = content
    const copy = { id: idFor(letter, now), name, v, subject, at, data: JSON.stringify(data), traceparent }
    const queue = queueTo(letter.queue, name)
    await insertRows(tx, [{ event: await appendCopy(tx, copy), queue, stamp: 0, enqueuedAt: now }])
    replayed.push({ letter, queue })
  }
  const taken = replayed.map(({ letter }) => letter.id)
  await tx.$executeRaw`UPDATE "DeadLetter" SET "replayedAt" = ${now} WHERE id IN (SELECT value FROM ${each(taken)})`
  return replayed
}

export type Replayed = { letter: DeadLetter; queue: Queue }

async function replayable(tx: Sql): Promise<DeadLetter[]> {
  return tx.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter" WHERE "replayedAt" IS NULL AND "replayId" IS NOT NULL ORDER BY at`
}

/** An id that was made for it long ago would be taken for one that the inbox may have forgotten. */
function idFor({ id, replayId }: DeadLetter, now: number): string {
  const isStale = replayId !== id && timeIn(replayId ?? '') < now - OUTBOX_MAX_AGE_MS
  return replayId === null || isStale ? newId() : replayId
}

/** Versions before cut bodies: such a letter can be read, and no more. */
function contentOf(body: string) {
  try {
    return parseContent(body)
  } catch {
    return null
  }
}

/**
 * Keeps a copy that is sent once more, under an id of its own or its old one: nothing that happened, so no part of
 * history. Returns its `seq`.
 */
async function appendCopy(tx: Sql, copy: StoredEvent): Promise<number> {
  await tx.$executeRaw`
    ${insert('Event', copyColumns, [{ ...copy, copyOf: copy.id }])} ON CONFLICT (id) DO NOTHING`
  const [row] = await tx.$queryRaw<{ seq: number }[]>`SELECT seq FROM "Event" WHERE id = ${copy.id}`
  if (row === undefined) throw new Error(`event ${copy.id} was not kept`)
  return row.seq
}

const copyColumns: Columns<StoredEvent & { copyOf: string }> = [...eventColumns, 'copyOf']
