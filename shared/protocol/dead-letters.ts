import type { Queue, Service } from '../routes.ts'
import { type Columns, each, insert, names, type Sql } from '../store/sql.ts'
import { parseContent } from './envelope.ts'
import { sendCopy } from './send-copy.ts'

/**
 * A message that was given up, with the reason and the raw body. `replayId` is the id a replayed copy travels
 * under: a new one where the receiver has said its final word on the old, the old one where it never spoke;
 * null where the body is not a message at all. A letter that was dealt with stays: `replayedAt`, as `editedBody` where somebody
 * changed it, or `discardedAt`, by whom and why. Times in ms.
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
  discardedAt: number | null
  closedBy: string | null
  closedWhy: string | null
  editedBody: string | null
}

/** Who has dealt with a letter, and why; where nobody gave a reason it is null. */
export type Closing = { by: string; why: string | null }

export const columns: Columns<DeadLetter> = [
  'id',
  'queue',
  'name',
  'subject',
  'reason',
  'body',
  'at',
  'replayId',
  'replayedAt',
  'discardedAt',
  'closedBy',
  'closedWhy',
  'editedBody',
]

const GARBAGE_KEPT = 16_384 // characters of what is no message; enough to see what it was. A message is kept whole

/** Writes dead letters. */
export async function insertLetters(tx: Sql, letters: DeadLetter[]): Promise<void> {
  const keptOf = ({ replayId, body }: DeadLetter) => (replayId === null ? body.slice(0, GARBAGE_KEPT) : body)
  const rows = letters.map((letter) => ({ ...letter, body: keptOf(letter) }))
  await tx.$executeRaw`${insert('DeadLetter', columns, rows)} ON CONFLICT DO NOTHING`
}

/** The newest dead letters that nobody has dealt with yet, at most `limit`. */
export async function openLetters(sql: Sql, limit: number): Promise<DeadLetter[]> {
  return sql.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter" WHERE "replayedAt" IS NULL AND "discardedAt" IS NULL
    ORDER BY at DESC LIMIT ${limit}`
}

/** The newest of those that somebody has dealt with. */
export async function closedLetters(sql: Sql, limit: number): Promise<DeadLetter[]> {
  return sql.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter" WHERE "replayedAt" IS NOT NULL OR "discardedAt" IS NOT NULL
    ORDER BY at DESC LIMIT ${limit}`
}

/** One letter, dealt with or not; undefined where there is none of that id. */
export async function letterOf(sql: Sql, id: string): Promise<DeadLetter | undefined> {
  const [letter] = await sql.$queryRaw<DeadLetter[]>`SELECT ${names(columns)} FROM "DeadLetter" WHERE id = ${id}`
  return letter
}

export const isOpen = ({ replayedAt, discardedAt }: DeadLetter) => replayedAt === null && discardedAt === null

/** Whether a copy of it can be sent: nobody can send what was no message, or only half of one. */
export function canReplay({ replayId, body }: DeadLetter): boolean {
  return replayId !== null && contentOf(body) !== null
}

/** How many dead letters wait for a person. */
export async function countLetters(sql: Sql): Promise<number> {
  const [row] = await sql.$queryRaw<{ count: number }[]>`
    SELECT COUNT(*) AS count FROM "DeadLetter" WHERE "replayedAt" IS NULL AND "discardedAt" IS NULL`
  return row?.count ?? 0
}

/**
 * Replays letters (all open ones when `ids` is not given): each becomes an outbox row to its queue, so that it
 * is delivered with the same guarantees as any message. Returns the letters with the queues that have rows now.
 * Those whose body is not a message, or only half of one, stay, and stop no other.
 */
export async function replay(tx: Sql, now: number, ids?: string[], closing: Closing = NOBODY): Promise<Replayed[]> {
  const letters = (await replayable(tx)).filter(({ id }) => ids === undefined || ids.includes(id))
  const replayed: Replayed[] = []
  for (const letter of letters) {
    const content = contentOf(letter.body)
    if (content !== null) replayed.push({ letter, queue: (await sendCopy(tx, letter, content, now)).queue })
  }
  const taken = replayed.map(({ letter }) => letter.id)
  await tx.$executeRaw`
    UPDATE "DeadLetter" SET "replayedAt" = ${now}, "closedBy" = ${closing.by}, "closedWhy" = ${closing.why}
    WHERE id IN (SELECT value FROM ${each(taken)})`
  return replayed
}

export type Replayed = { letter: DeadLetter; queue: Queue }

/** Versions before did not ask who it was. */
const NOBODY: Closing = { by: 'unknown', why: null }

async function replayable(tx: Sql): Promise<DeadLetter[]> {
  return tx.$queryRaw<DeadLetter[]>`
    SELECT ${names(columns)} FROM "DeadLetter"
    WHERE "replayedAt" IS NULL AND "discardedAt" IS NULL AND "replayId" IS NOT NULL ORDER BY at`
}

/** Versions before cut bodies: such a letter can be read, and no more. */
function contentOf(body: string) {
  try {
    return parseContent(body)
  } catch {
    return null
  }
}
