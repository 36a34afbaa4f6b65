import { type Queue, queueTo, type Service } from '../routes.ts'
import { type Columns, insert, type Sql } from '../store/sql.ts'
import type { Content } from './envelope.ts'
import { eventColumns, type StoredEvent } from './event-store.ts'
import { newId, timeIn } from './new-id.ts'
import { insertRows } from './outbox-rows.ts'
import { OUTBOX_MAX_AGE_MS } from './verdict.ts'

type Letter = { id: string; queue: Service; replayId: string | null }

/**
 * Sends what a letter says, or what is to be said in its place, to the service whose message it was: an outbox row like any.
 * Returns the list, and the id that it goes under.
 */
export async function sendCopy(
  tx: Sql,
  letter: Letter,
  content: Content,
  now: number,
): Promise<{ queue: Queue; id: string }> {
  const { name, v = 1, subject, at, data, traceparent = null } = content
  const copy = { id: idFor(letter, now), name, v, subject, at, data: JSON.stringify(data), traceparent }
  const queue = queueTo(letter.queue, name)
  await insertRows(tx, [{ event: await appendCopy(tx, copy), queue, stamp: 0, enqueuedAt: now }])
  return { queue, id: copy.id }
}

/** An id that was made for it long ago would be taken for one that the inbox may have forgotten. */
function idFor({ id, replayId }: Letter, now: number): string {
  const isStale = replayId !== id && timeIn(replayId ?? '') < now - OUTBOX_MAX_AGE_MS
  return replayId === null || isStale ? newId() : replayId
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
