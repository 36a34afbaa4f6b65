import type { Queue } from '../routes.ts'
import { each, names, type Sql } from '../store/sql.ts'
import { type Closing, columns, type DeadLetter, isOpen, letterOf } from './dead-letters.ts'
import { parseContent } from './envelope.ts'
import type { Prune } from './prune.ts'
import { sendCopy } from './send-copy.ts'

/**
 * What came of an edited letter: the list that its copy waits for, or why there is none. `held` is one that its sender gave up
 * because the receiver never spoke: that may have handled it, so what takes effect once is only the same message again.
 */
export type Edited =
  | { kind: 'sent'; letter: DeadLetter; queue: Queue; messageId: string }
  | { kind: 'unknown' | 'closed' | 'held' }

/**
 * Sends something else in place of a letter, under the id that was made for its copy: the receiver has said its final word on
 * the old one, and will never take that again. `body` is a message already looked at by `faultsIn`. What was found stays as it was.
 */
export async function replayEdited(
  tx: Sql,
  id: string,
  body: string,
  { by, why }: Closing,
  now: number,
): Promise<Edited> {
  const letter = await letterOf(tx, id)
  if (letter === undefined) return { kind: 'unknown' }
  if (!isOpen(letter)) return { kind: 'closed' }
  if (letter.replayId === id) return { kind: 'held' }
  const { queue, id: messageId } = await sendCopy(tx, letter, parseContent(body), now)
  await tx.$executeRaw`
    UPDATE "DeadLetter"
    SET "replayedAt" = ${now}, "replayId" = ${messageId}, "editedBody" = ${body}, "closedBy" = ${by}, "closedWhy" = ${why}
    WHERE id = ${id}`
  return { kind: 'sent', letter, queue, messageId }
}

/** Puts letters away: nobody sends them any more. Returns those that were open, as they are now. */
export async function discard(tx: Sql, ids: string[], { by, why }: Closing, now: number): Promise<DeadLetter[]> {
  return tx.$queryRaw<DeadLetter[]>`
    UPDATE "DeadLetter" SET "discardedAt" = ${now}, "closedBy" = ${by}, "closedWhy" = ${why}
    WHERE id IN (SELECT value FROM ${each(ids)}) AND "replayedAt" IS NULL AND "discardedAt" IS NULL
    RETURNING ${names(columns)}`
}

const FORGOTTEN = '{}' // JSON still, for whoever looks into bodies
const KEPT_MS = 30 * 24 * 3_600_000 // as long as events: what letters say may be about people

/** Forgets what letters say that were dealt with long ago; that there were such, why, and who dealt with them stays. Returns how many. */
export const forgetBodies: Prune<Sql> = async (tx, now, limit) =>
  tx.$executeRaw`
    UPDATE "DeadLetter" SET body = ${FORGOTTEN}, "editedBody" = NULL
    WHERE id IN (
      SELECT id FROM "DeadLetter"
      WHERE body <> ${FORGOTTEN} AND ("replayedAt" < ${now - KEPT_MS} OR "discardedAt" < ${now - KEPT_MS}) LIMIT ${limit})`
