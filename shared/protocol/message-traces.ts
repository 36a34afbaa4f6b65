import { type Columns, names, type Sql } from '../store/sql.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import type { Outcome } from './status.ts'
import { type OutboxRow, rowsOfMessage } from './waiting-rows.ts'

/**
 * All that a service knows of one message: the event, if it has told it; to whom it still has to tell it; its own final
 * word on it; and the dead letters it has made of it, or sent again under this id.
 */
export type Traces = {
  event: StoredEvent | null
  rows: Omit<OutboxRow, keyof StoredEvent>[]
  word: { outcome: Outcome; at: number } | null
  letters: LetterTrace[]
}
type LetterTrace = { id: string; reason: string; at: number; isOpen: boolean }
type LetterRow = Omit<LetterTrace, 'isOpen'> & { replayedAt: number | null; discardedAt: number | null }

const letterColumns: Columns<LetterRow> = ['id', 'reason', 'at', 'replayedAt', 'discardedAt']

/** Each of these is found by a key of its table, the letters apart, of which there are few. */
export async function tracesOf(sql: Sql, id: string): Promise<Traces> {
  const [events, rows, words, letters] = await Promise.all([
    sql.$queryRaw<StoredEvent[]>`SELECT ${names(eventColumns)} FROM "Event" WHERE id = ${id}`,
    rowsOfMessage(sql, id),
    sql.$queryRaw<{ outcome: Outcome; at: number }[]>`SELECT outcome, at FROM "Inbox" WHERE id = ${id}`,
    sql.$queryRaw<LetterRow[]>`
      SELECT ${names(letterColumns)} FROM "DeadLetter" WHERE id = ${id} OR "replayId" = ${id}`,
  ])
  return { event: events[0] ?? null, rows: rows.map(stateOf), word: words[0] ?? null, letters: letters.map(traceOf) }
}

function traceOf({ id, reason, at, replayedAt, discardedAt }: LetterRow): LetterTrace {
  return { id, reason, at, isOpen: replayedAt === null && discardedAt === null }
}

function stateOf({ queue, attempt, stamp, pushes, crashes, enqueuedAt }: OutboxRow) {
  return { queue, attempt, stamp, pushes, crashes, enqueuedAt }
}
